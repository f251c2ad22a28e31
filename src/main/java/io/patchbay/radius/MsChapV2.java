package io.patchbay.radius;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * An MS-CHAPv2 response (RFC 2759) in Microsoft's attributes (RFC 2548 section 2.3). All it needs of the password is its NT
 * hash. Version 1 is {@link MsChapV1}.
 */
public final class MsChapV2 {
    /** The vendor id of Microsoft's attributes. */
    public static final int MICROSOFT = 311;

    public static final int MS_CHAP_ERROR = 2;
    public static final int MS_CHAP_CHALLENGE = 11;
    public static final int MS_CHAP2_RESPONSE = 25;
    public static final int MS_CHAP2_SUCCESS = 26;

    private static final int USER_NAME = 1;
    private static final int CHALLENGE_LENGTH = 16;
    private static final int RESPONSE_LENGTH = 50;
    private static final int NT_RESPONSE = 26;
    private static final byte[] SIGNING = ascii("Magic server to client signing constant");
    private static final byte[] ITERATION = ascii("Pad to make it do more than one iteration");
    private static final ThreadLocal<Cipher> DES = ThreadLocal.withInitial(MsChapV2::newDes);

    private final byte identifier;
    private final byte[] challenge;
    private final byte[] challengeHash;
    private final byte[] ntResponse;

    private MsChapV2(byte[] userName, byte[] challenge, byte[] response) {
        this.identifier = response[0];
        this.challenge = challenge;
        this.challengeHash = challengeHash(Arrays.copyOfRange(response, 2, 18), challenge, userName);
        this.ntResponse = Arrays.copyOfRange(response, NT_RESPONSE, RESPONSE_LENGTH);
    }

    /**
     * The request's response, or null unless it holds a User-Name, an MS-CHAP-Challenge of 16 bytes and an
     * MS-CHAP2-Response of 50 (RFC 2548 section 2.3.2).
     */
    public static MsChapV2 of(RadiusPacket request) {
        byte[] response = request.vendor(MICROSOFT, MS_CHAP2_RESPONSE);
        byte[] challenge = request.vendor(MICROSOFT, MS_CHAP_CHALLENGE);
        byte[] userName = request.value(USER_NAME);
        return userName == null
                        || response == null
                        || response.length != RESPONSE_LENGTH
                        || challenge == null
                        || challenge.length != CHALLENGE_LENGTH
                ? null
                : new MsChapV2(userName, challenge, response);
    }

    /**
     * The NT hash of a password, 16 bytes (RFC 2759 section 8.3).
     *
     * @param password as text; what cannot be UTF-16 does not occur in a string
     */
    public static byte[] ntHash(String password) {
        return Md4.digest(password.getBytes(StandardCharsets.UTF_16LE));
    }

    /** Whether whoever answered knows the password of this hash (RFC 2759 section 8.1); compares in constant time. */
    public boolean matches(byte[] ntHash) {
        return MessageDigest.isEqual(challengeResponse(challengeHash, ntHash), ntResponse);
    }

    /** The value of MS-CHAP2-Success, 43 bytes: by it the peer knows that the hub knows the hash too (RFC 2759 section 8.7). */
    public byte[] success(byte[] ntHash) {
        MessageDigest sha1 = Digests.sha1();
        sha1.update(Md4.digest(ntHash));
        sha1.update(ntResponse);
        byte[] digest = sha1.digest(SIGNING);
        sha1.update(digest);
        sha1.update(challengeHash);
        digest = sha1.digest(ITERATION);
        return named("S=" + HexFormat.of().withUpperCase().formatHex(digest));
    }

    /**
     * The value of MS-CHAP-Error for a reject: error 691, authentication failure, and no retry (RFC 2759 section 6).
     *
     * @param message ASCII text that the user may be shown
     */
    public byte[] error(String message) {
        String hex = HexFormat.of().withUpperCase().formatHex(challenge);
        return named("E=691 R=0 C=" + hex + " V=3 M=" + message);
    }

    /** The keys that MPPE begins with when this response was accepted. */
    public MppeKeys mppeKeys(byte[] ntHash) {
        return MppeKeys.of(Md4.digest(ntHash), ntResponse);
    }

    /** RFC 2759 section 8.2: of the name as sent, a domain before it does not count. */
    static byte[] challengeHash(byte[] peerChallenge, byte[] authenticatorChallenge, byte[] userName) {
        int start = userName.length;
        while (start > 0 && userName[start - 1] != '\\') {
            start--;
        }
        MessageDigest sha1 = Digests.sha1();
        sha1.update(peerChallenge);
        sha1.update(authenticatorChallenge);
        sha1.update(userName, start, userName.length - start);
        return Arrays.copyOf(sha1.digest(), 8);
    }

    /** RFC 2759 section 8.5: the challenge under three DES keys cut from the hash, 24 bytes. */
    static byte[] challengeResponse(byte[] challengeHash, byte[] ntHash) {
        byte[] keys = Arrays.copyOf(ntHash, 21);
        byte[] response = new byte[24];
        try {
            Cipher des = DES.get();
            for (int i = 0; i < 3; i++) {
                des.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(desKey(keys, 7 * i), "DES"));
                des.doFinal(challengeHash, 0, 8, response, 8 * i);
            }
            return response;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("DES refused a key of 8 bytes", impossible);
        }
    }

    /** Spreads 56 bits over eight bytes, each with a parity bit below that nobody checks (RFC 2759 section 8.6). */
    private static byte[] desKey(byte[] source, int offset) {
        long bits = 0;
        for (int i = 0; i < 7; i++) {
            bits = bits << 8 | source[offset + i] & 0xff;
        }
        byte[] key = new byte[8];
        for (int i = 0; i < 8; i++) {
            key[i] = (byte) (bits >>> 49 - 7 * i << 1);
        }
        return key;
    }

    private byte[] named(String text) {
        byte[] bytes = ascii(text);
        byte[] value = new byte[bytes.length + 1];
        value[0] = identifier;
        System.arraycopy(bytes, 0, value, 1, bytes.length);
        return value;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static Cipher newDes() {
        try {
            return Cipher.getInstance("DES/ECB/NoPadding");
        } catch (GeneralSecurityException stripped) {
            throw new IllegalStateException("MS-CHAPv2 needs DES, which this JDK does not offer.", stripped);
        }
    }
}
