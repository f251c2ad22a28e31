package io.patchbay.radius;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The session keys of MPPE after MS-CHAPv2, as the NAS uses them (RFC 3079 section 3.3 and 3.4).
 *
 * @param send 16 bytes: what the NAS encrypts with
 * @param receive 16 bytes: what the NAS decrypts with
 */
public record MppeKeys(byte[] send, byte[] receive) {
    public static final int MS_MPPE_ENCRYPTION_POLICY = 7;
    public static final int MS_MPPE_ENCRYPTION_TYPES = 8;
    public static final int MS_MPPE_SEND_KEY = 16;
    public static final int MS_MPPE_RECV_KEY = 17;

    private static final int LENGTH = 16;
    private static final byte[] MASTER = ascii("This is the MPPE Master Key");
    private static final byte[] SERVER_RECEIVES =
            ascii("On the client side, this is the send key; on the server side, it is the receive key.");
    private static final byte[] SERVER_SENDS =
            ascii("On the client side, this is the receive key; on the server side, it is the send key.");
    private static final byte[] FIRST_PAD = new byte[40];
    private static final byte[] SECOND_PAD = new byte[40];

    static {
        Arrays.fill(SECOND_PAD, (byte) 0xf2);
    }

    static MppeKeys of(byte[] hashOfNtHash, byte[] ntResponse) {
        byte[] master = masterKey(hashOfNtHash, ntResponse);
        return new MppeKeys(startKey(master, SERVER_SENDS), startKey(master, SERVER_RECEIVES));
    }

    /** RFC 3079 section 3.4, 16 bytes. */
    static byte[] masterKey(byte[] hashOfNtHash, byte[] ntResponse) {
        MessageDigest sha1 = Digests.sha1();
        sha1.update(hashOfNtHash);
        sha1.update(ntResponse);
        return Arrays.copyOf(sha1.digest(MASTER), LENGTH);
    }

    /**
     * Puts both keys, hidden (RFC 2548 section 2.4.2), with the policy that encryption is allowed and the types 40 and 128
     * bit.
     */
    public void putInto(AttributeWriter attributes) {
        attributes.putVendor(MsChapV2.MICROSOFT, MS_MPPE_ENCRYPTION_POLICY, new byte[] {0, 0, 0, 1});
        attributes.putVendor(MsChapV2.MICROSOFT, MS_MPPE_ENCRYPTION_TYPES, new byte[] {0, 0, 0, 6});
        attributes.putVendor(MsChapV2.MICROSOFT, MS_MPPE_SEND_KEY, hidden(attributes, send));
        attributes.putVendor(MsChapV2.MICROSOFT, MS_MPPE_RECV_KEY, hidden(attributes, receive));
    }

    private static byte[] hidden(AttributeWriter attributes, byte[] key) {
        return TunnelPassword.encrypt(attributes.secret(), attributes.requestAuthenticator(), key);
    }

    private static byte[] startKey(byte[] master, byte[] direction) {
        MessageDigest sha1 = Digests.sha1();
        sha1.update(master);
        sha1.update(FIRST_PAD);
        sha1.update(direction);
        return Arrays.copyOf(sha1.digest(SECOND_PAD), LENGTH);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Keys stay out of logs. */
    @Override
    public String toString() {
        return "MppeKeys";
    }
}
