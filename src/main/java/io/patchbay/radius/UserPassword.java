package io.patchbay.radius;

import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The password of PAP (RFC 2865 section 5.2), hidden under a chain of MD5 digests; dictionaries call this
 * {@code encrypt=1}.
 */
public final class UserPassword {
    /** RFC 2865 section 5.2. */
    public static final int MAXIMUM_LENGTH = 128;

    private static final int BLOCK = 16;

    private UserPassword() {}

    /** The request's password without its padding, or null when there is none or its length is no multiple of 16 up to 128. */
    public static byte[] of(RadiusPacket request, SharedSecret secret) {
        int at = request.first(AttributeType.USER_PASSWORD);
        return at < 0
                ? null
                : decrypt(
                        secret,
                        request.bytes(),
                        RadiusPacket.AUTHENTICATOR,
                        request.bytes(),
                        at + 2,
                        request.end(at) - at - 2);
    }

    /**
     * The password without its padding, the NULs at its end.
     *
     * @param requestAuthenticator 16 bytes
     * @return null when the length is no multiple of 16 from 16 to 128
     */
    public static byte[] decrypt(SharedSecret secret, byte[] requestAuthenticator, byte[] hidden) {
        return decrypt(secret, requestAuthenticator, 0, hidden, 0, hidden.length);
    }

    /**
     * Hides a password or another value with {@code encrypt=1}.
     *
     * @param plain up to 128 bytes; padded with NULs to a multiple of 16
     * @throws IllegalArgumentException when it is longer
     */
    public static byte[] encrypt(SharedSecret secret, byte[] requestAuthenticator, byte[] plain) {
        if (plain.length > MAXIMUM_LENGTH) {
            throw new IllegalArgumentException(
                    "a hidden password of " + plain.length + " bytes exceeds 128 (RFC 2865)");
        }
        byte[] hidden = Arrays.copyOf(plain, Math.max(BLOCK, (plain.length + BLOCK - 1) / BLOCK * BLOCK));
        byte[] mask = new byte[BLOCK];
        for (int block = 0; block < hidden.length; block += BLOCK) {
            if (block == 0) {
                mask(secret, requestAuthenticator, 0, mask);
            } else {
                mask(secret, hidden, block - BLOCK, mask);
            }
            for (int i = 0; i < BLOCK; i++) {
                hidden[block + i] ^= mask[i];
            }
        }
        return hidden;
    }

    private static byte[] decrypt(
            SharedSecret secret, byte[] authenticator, int authenticatorAt, byte[] hidden, int offset, int length) {
        if (length < BLOCK || length > MAXIMUM_LENGTH || length % BLOCK != 0) {
            return null;
        }
        byte[] plain = new byte[length];
        byte[] mask = new byte[BLOCK];
        for (int block = 0; block < length; block += BLOCK) {
            if (block == 0) {
                mask(secret, authenticator, authenticatorAt, mask);
            } else {
                mask(secret, hidden, offset + block - BLOCK, mask);
            }
            for (int i = 0; i < BLOCK; i++) {
                plain[block + i] = (byte) (hidden[offset + block + i] ^ mask[i]);
            }
        }
        int end = length;
        while (end > 0 && plain[end - 1] == 0) {
            end--;
        }
        return end == length ? plain : Arrays.copyOf(plain, end);
    }

    private static void mask(SharedSecret secret, byte[] previous, int offset, byte[] mask) {
        MessageDigest digest = Digests.md5();
        digest.update(secret.bytes());
        digest.update(previous, offset, BLOCK);
        Digests.finish(digest, mask, 0);
    }
}
