package io.patchbay.radius;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** MD5 and SHA-1 of the JDK without its checked exceptions: one digest of each for a thread, reset by every use. */
final class Digests {
    private static final ThreadLocal<Digests> OF_THREAD = ThreadLocal.withInitial(Digests::new);

    private final MessageDigest md5 = newMd5();
    private final MessageDigest sha1 = create("SHA-1");
    private final byte[] packet = new byte[RadiusPacket.MAXIMUM_LENGTH];

    private Digests() {}

    /** This thread's MD5; whoever updates it finishes it before calling anything else. */
    static MessageDigest md5() {
        return OF_THREAD.get().md5;
    }

    /** This thread's SHA-1; whoever updates it finishes it before calling anything else. */
    static MessageDigest sha1() {
        return OF_THREAD.get().sha1;
    }

    /** This thread's room for one packet, 4096 bytes, its content left over from whoever used it before. */
    static byte[] scratchPacket() {
        return OF_THREAD.get().packet;
    }

    static MessageDigest newMd5() {
        return create("MD5");
    }

    static MessageDigest copy(MessageDigest digest) {
        try {
            return (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException foreignProvider) {
            throw new IllegalStateException(
                    "The security provider " + digest.getProvider() + " cannot clone an MD5 state;"
                            + " put the JDK's own provider SUN first in java.security.",
                    foreignProvider);
        }
    }

    /** Writes the 16 or 20 bytes of the digest to {@code target} at {@code at}. */
    static void finish(MessageDigest digest, byte[] target, int at) {
        try {
            digest.digest(target, at, target.length - at);
        } catch (DigestException tooSmall) {
            throw new IllegalArgumentException("no room for a digest at byte " + at, tooSmall);
        }
    }

    private static MessageDigest create(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException stripped) {
            throw new IllegalStateException(
                    "RADIUS needs " + algorithm + ", which this JDK does not offer; use a standard JDK.", stripped);
        }
    }
}
