package io.patchbay.radius;

import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Assembles and signs a request: what a client sends, and what the hub sends to a NAS. A Message-Authenticator comes first.
 * One builder serves one request on one thread.
 */
public final class RequestBuilder {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int USUAL_LENGTH = 512;

    private final int code;
    private final SharedSecret secret;
    private final AttributeWriter attributes;

    /**
     * @param code one of {@link PacketCode}
     * @param identifier 0 to 255
     */
    public RequestBuilder(int code, int identifier, SharedSecret secret) {
        this(code, identifier, randomUnlessSigned(code), secret);
    }

    /** @param authenticator 16 bytes; of no effect for a code that signs its authenticator */
    public RequestBuilder(int code, int identifier, byte[] authenticator, SharedSecret secret) {
        this.code = code;
        this.secret = secret;
        byte[] packet = new byte[USUAL_LENGTH];
        packet[0] = (byte) code;
        packet[1] = (byte) identifier;
        byte[] seen = PacketCode.signsItsAuthenticator(code) ? new byte[authenticator.length] : authenticator;
        System.arraycopy(seen, 0, packet, RadiusPacket.AUTHENTICATOR, RadiusPacket.AUTHENTICATOR_LENGTH);
        this.attributes = new AttributeWriter(packet, RadiusPacket.HEADER_LENGTH, secret, seen);
        attributes.put(AttributeType.MESSAGE_AUTHENTICATOR, Authenticators.ZEROS);
    }

    /** Where the request's other attributes go. */
    public AttributeWriter attributes() {
        return attributes;
    }

    /** The signed request in an array of its own; the builder is used up. */
    public byte[] finish() {
        byte[] packet = Arrays.copyOf(attributes.buffer(), attributes.end());
        packet[2] = (byte) (packet.length >>> 8);
        packet[3] = (byte) packet.length;
        Authenticators.writeMessageAuthenticator(packet, packet.length, RadiusPacket.HEADER_LENGTH + 2, secret);
        if (PacketCode.signsItsAuthenticator(code)) {
            Authenticators.writeAuthenticator(packet, packet.length, secret);
        }
        return packet;
    }

    private static byte[] randomUnlessSigned(int code) {
        byte[] authenticator = new byte[RadiusPacket.AUTHENTICATOR_LENGTH];
        if (!PacketCode.signsItsAuthenticator(code)) {
            RANDOM.nextBytes(authenticator);
        }
        return authenticator;
    }
}
