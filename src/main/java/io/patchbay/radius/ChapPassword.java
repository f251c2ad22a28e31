package io.patchbay.radius;

import java.security.MessageDigest;
import java.util.Arrays;

/** A CHAP response (RFC 1994 section 4.1, RFC 2865 section 5.3). */
public final class ChapPassword {
    private static final int LENGTH = 17;

    private final byte[] identifierAndResponse;
    private final byte[] challenge;

    private ChapPassword(byte[] identifierAndResponse, byte[] challenge) {
        this.identifierAndResponse = identifierAndResponse;
        this.challenge = challenge;
    }

    /**
     * The request's CHAP response, or null when it has none of 17 bytes. The challenge is CHAP-Challenge, or the
     * request's authenticator when there is none (RFC 2865 section 5.40).
     */
    public static ChapPassword of(RadiusPacket request) {
        byte[] value = request.value(AttributeType.CHAP_PASSWORD);
        if (value == null || value.length != LENGTH) {
            return null;
        }
        byte[] challenge = request.value(AttributeType.CHAP_CHALLENGE);
        return new ChapPassword(value, challenge == null ? request.authenticator() : challenge);
    }

    /** The value of a CHAP-Password attribute, 17 bytes, as a NAS sends it. */
    public static byte[] value(int identifier, byte[] password, byte[] challenge) {
        byte[] value = new byte[LENGTH];
        value[0] = (byte) identifier;
        MessageDigest digest = Digests.md5();
        digest.update((byte) identifier);
        digest.update(password);
        digest.update(challenge);
        Digests.finish(digest, value, 1);
        return value;
    }

    /** Whether whoever answered the challenge knows this password; compares in constant time. */
    public boolean matches(byte[] password) {
        byte[] expected = value(identifierAndResponse[0], password, challenge);
        return MessageDigest.isEqual(
                Arrays.copyOfRange(expected, 1, LENGTH), Arrays.copyOfRange(identifierAndResponse, 1, LENGTH));
    }
}
