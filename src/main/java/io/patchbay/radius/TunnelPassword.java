package io.patchbay.radius;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The salted hiding of Tunnel-Password (RFC 2868 section 3.5) and the MPPE keys (RFC 2548 section 2.4.2); dictionaries call
 * it {@code encrypt=2}. A tag is no part of it.
 */
public final class TunnelPassword {
    /** What fits behind tag and salt of one attribute, in whole blocks less the length byte. */
    public static final int MAXIMUM_LENGTH = 239;

    private static final int BLOCK = 16;
    private static final int SALT = 2;
    private static final AtomicInteger NEXT_SALT = new AtomicInteger(new SecureRandom().nextInt());

    private TunnelPassword() {}

    /** A salt that no other attribute of the packet has: they are counted up. 0x8000 to 0xffff. */
    public static int nextSalt() {
        return NEXT_SALT.getAndIncrement() & 0x7fff | 0x8000;
    }

    /** Hides {@code plain} under a salt of its own. */
    public static byte[] encrypt(SharedSecret secret, byte[] requestAuthenticator, byte[] plain) {
        return encrypt(secret.bytes(), requestAuthenticator, plain, nextSalt());
    }

    /**
     * Hides {@code plain}: two bytes of salt, then whole blocks of 16.
     *
     * @param requestAuthenticator 16 bytes
     * @param plain up to 239 bytes
     * @param salt 16 bits, of which the highest is set (RFC 2868 section 3.5)
     * @throws IllegalArgumentException when {@code plain} is longer
     */
    public static byte[] encrypt(byte[] secret, byte[] requestAuthenticator, byte[] plain, int salt) {
        if (plain.length > MAXIMUM_LENGTH) {
            throw new IllegalArgumentException(
                    "a value of " + plain.length + " bytes is too long to be hidden with a salt; 239 fit (RFC 2868)");
        }
        byte[] hidden = new byte[SALT + (plain.length + BLOCK) / BLOCK * BLOCK];
        hidden[0] = (byte) (salt >>> 8 | 0x80);
        hidden[1] = (byte) salt;
        hidden[SALT] = (byte) plain.length;
        System.arraycopy(plain, 0, hidden, SALT + 1, plain.length);
        byte[] mask = new byte[BLOCK];
        for (int block = SALT; block < hidden.length; block += BLOCK) {
            mask(secret, requestAuthenticator, hidden, block, mask);
            mix(hidden, block, mask);
        }
        return hidden;
    }

    /** @return null when {@code hidden} is not made like this, or a wrong secret makes its length senseless */
    public static byte[] decrypt(byte[] secret, byte[] requestAuthenticator, byte[] hidden) {
        if (hidden.length < SALT + BLOCK || (hidden.length - SALT) % BLOCK != 0) {
            return null;
        }
        byte[] plain = hidden.clone();
        byte[] mask = new byte[BLOCK];
        for (int block = SALT; block < hidden.length; block += BLOCK) {
            mask(secret, requestAuthenticator, hidden, block, mask);
            mix(plain, block, mask);
        }
        int length = plain[SALT] & 0xff;
        int start = SALT + 1;
        return start + length > plain.length ? null : Arrays.copyOfRange(plain, start, start + length);
    }

    /** The first block is masked with authenticator and salt, each later one with the hidden block before it. */
    private static void mask(byte[] secret, byte[] requestAuthenticator, byte[] hidden, int block, byte[] mask) {
        MessageDigest digest = Digests.md5();
        digest.update(secret);
        if (block == SALT) {
            digest.update(requestAuthenticator);
            digest.update(hidden, 0, SALT);
        } else {
            digest.update(hidden, block - BLOCK, BLOCK);
        }
        Digests.finish(digest, mask, 0);
    }

    private static void mix(byte[] bytes, int block, byte[] mask) {
        for (int i = 0; i < BLOCK; i++) {
            bytes[block + i] ^= mask[i];
        }
    }
}
