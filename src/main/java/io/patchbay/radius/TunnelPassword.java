package io.patchbay.radius;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** The salted encryption of Tunnel-Password (RFC 2868 section 3.5). */
public final class TunnelPassword {
    private static final AtomicInteger NEXT_SALT = new AtomicInteger(new SecureRandom().nextInt());

    private TunnelPassword() {}

    /** A salt that no other attribute of the packet has. */
    public static int nextSalt() {
        return NEXT_SALT.getAndIncrement() & 0x7fff | 0x8000;
    }

    /**
     * @param salt 16 bits, the highest set
     * @return two bytes of salt and the encrypted blocks
     */
    public static byte[] encrypt(byte[] secret, byte[] requestAuthenticator, byte[] plain, int salt) {
        byte[] hidden = new byte[2 + (plain.length + 16) / 16 * 16];
        hidden[0] = (byte) (salt >>> 8);
        hidden[1] = (byte) salt;
        hidden[2] = (byte) plain.length;
        System.arraycopy(plain, 0, hidden, 3, plain.length);
        try {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            for (int block = 2; block < hidden.length; block += 16) {
                md5.update(secret);
                md5.update(block == 2 ? requestAuthenticator : new byte[0]);
                md5.update(hidden, block == 2 ? 0 : block - 16, block == 2 ? 2 : 16);
                byte[] mask = md5.digest();
                for (int i = 0; i < 16; i++) {
                    hidden[block + i] ^= mask[i];
                }
            }
            return hidden;
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java has MD5", impossible);
        }
    }
}
