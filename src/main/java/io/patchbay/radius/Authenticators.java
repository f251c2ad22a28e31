package io.patchbay.radius;

import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The digests that prove that a packet comes from somebody who knows the secret. Comparisons take the same time whatever
 * the bytes are.
 */
public final class Authenticators {
    private static final int START = RadiusPacket.AUTHENTICATOR;
    private static final int LENGTH = RadiusPacket.AUTHENTICATOR_LENGTH;
    static final byte[] ZEROS = new byte[LENGTH];

    private Authenticators() {}

    /**
     * Whether a request's Message-Authenticator is right; false when it has none. Access-Request and Status-Server are
     * digested with their authenticator (RFC 3579 section 3.2, RFC 5997 section 3), Accounting-, Disconnect- and
     * CoA-Requests with zeros in its place (RFC 5176 section 3.4).
     */
    public static boolean hasRightMessageAuthenticator(RadiusPacket request, SharedSecret secret) {
        return messageAuthenticatorMatches(
                request, PacketCode.signsItsAuthenticator(request.code()) ? ZEROS : null, secret);
    }

    /** Whether a reply's Message-Authenticator is right (RFC 3579 section 3.2); false when it has none. */
    public static boolean hasRightMessageAuthenticator(
            RadiusPacket reply, byte[] requestAuthenticator, SharedSecret secret) {
        return messageAuthenticatorMatches(reply, requestAuthenticator, secret);
    }

    /**
     * Whether an Accounting-, Disconnect- or CoA-Request's authenticator is right (RFC 2866 section 3, RFC 5176 section
     * 2.3). Other requests have a random one, of which there is nothing to say: false.
     */
    public static boolean hasRightRequestAuthenticator(RadiusPacket request, SharedSecret secret) {
        return PacketCode.signsItsAuthenticator(request.code()) && authenticatorMatches(request, ZEROS, secret);
    }

    /** Whether a reply's Response Authenticator is right (RFC 2865 section 3). */
    public static boolean hasRightResponseAuthenticator(
            RadiusPacket reply, byte[] requestAuthenticator, SharedSecret secret) {
        return authenticatorMatches(reply, requestAuthenticator, secret);
    }

    /**
     * Computes the Message-Authenticator over a packet whose authenticator field holds what the digest is to see there.
     *
     * @param at where its 16 bytes go
     */
    static void writeMessageAuthenticator(byte[] packet, int length, int at, SharedSecret secret) {
        Arrays.fill(packet, at, at + LENGTH, (byte) 0);
        secret.hmacMd5(packet, 0, length, packet, at);
    }

    /**
     * Replaces the authenticator field by the digest over the packet as it is and the secret: the last step of a reply, and
     * of a request that signs its authenticator.
     */
    static void writeAuthenticator(byte[] packet, int length, SharedSecret secret) {
        MessageDigest digest = Digests.md5();
        digest.update(packet, 0, length);
        digest.update(secret.bytes());
        Digests.finish(digest, packet, START);
    }

    private static boolean messageAuthenticatorMatches(RadiusPacket packet, byte[] authenticator, SharedSecret secret) {
        int at = packet.messageAuthenticator();
        if (at < 0) {
            return false;
        }
        byte[] copy = copy(packet, authenticator);
        writeMessageAuthenticator(copy, packet.length(), at, secret);
        return sameBytes(copy, packet.bytes(), at);
    }

    private static boolean authenticatorMatches(RadiusPacket packet, byte[] authenticator, SharedSecret secret) {
        byte[] copy = copy(packet, authenticator);
        writeAuthenticator(copy, packet.length(), secret);
        return sameBytes(copy, packet.bytes(), START);
    }

    private static byte[] copy(RadiusPacket packet, byte[] authenticator) {
        byte[] copy = Digests.scratchPacket();
        System.arraycopy(packet.bytes(), 0, copy, 0, packet.length());
        if (authenticator != null) {
            System.arraycopy(authenticator, 0, copy, START, LENGTH);
        }
        return copy;
    }

    private static boolean sameBytes(byte[] one, byte[] other, int at) {
        int difference = 0;
        for (int i = at; i < at + LENGTH; i++) {
            difference |= one[i] ^ other[i];
        }
        return difference == 0;
    }
}
