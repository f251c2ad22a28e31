package io.patchbay.radius;

import io.patchbay.wire.Octets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The secret that a client and the hub share (RFC 2865 section 3), prepared for use on every packet: the two MD5 states that
 * HMAC-MD5 begins with (RFC 2104 section 2) are computed once and cloned for each packet. Safe for every thread.
 */
public final class SharedSecret {
    private static final int BLOCK = 64;

    private final byte[] bytes;
    /** Never updated, only cloned. */
    private final MessageDigest inner;

    private final MessageDigest outer;

    public SharedSecret(Octets secret) {
        this.bytes = secret.toByteArray();
        byte[] key = bytes.length > BLOCK ? Digests.newMd5().digest(bytes) : bytes;
        this.inner = keyed(key, 0x36);
        this.outer = keyed(key, 0x5c);
    }

    /** The secret itself; the caller neither keeps nor changes it. */
    public byte[] bytes() {
        return bytes;
    }

    /**
     * HMAC-MD5 under this secret.
     *
     * @param target receives 16 bytes at {@code at}; may be {@code source}, within or outside of the range read
     */
    void hmacMd5(byte[] source, int offset, int length, byte[] target, int at) {
        MessageDigest digest = Digests.copy(inner);
        digest.update(source, offset, length);
        Digests.finish(digest, target, at);
        digest = Digests.copy(outer);
        digest.update(target, at, 16);
        Digests.finish(digest, target, at);
    }

    private static MessageDigest keyed(byte[] key, int pad) {
        byte[] block = Arrays.copyOf(key, BLOCK);
        for (int i = 0; i < BLOCK; i++) {
            block[i] ^= (byte) pad;
        }
        MessageDigest digest = Digests.newMd5();
        digest.update(block);
        return digest;
    }

    /** Secrets stay out of logs. */
    @Override
    public String toString() {
        return "SharedSecret";
    }
}
