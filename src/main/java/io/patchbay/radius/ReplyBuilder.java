package io.patchbay.radius;

import java.util.Arrays;

/**
 * Assembles and signs the reply to a request. The Message-Authenticator comes first, where it protects against forged
 * replies best (CVE-2024-3596); it is there in every reply to an Access-Request or Status-Server and wherever the request
 * carried one. The request's Proxy-States follow, so that no later attribute can take their room. One builder serves one
 * reply on one thread at a time.
 */
public final class ReplyBuilder {
    /** Most replies fit; a longer one moves to a larger array. */
    private static final int USUAL_LENGTH = 512;

    private final SharedSecret secret;
    private final AttributeWriter attributes;
    private final int messageAuthenticator;

    /**
     * @param code one of {@link PacketCode}
     * @throws PacketTooLongException when the request's Proxy-States alone fill the packet
     */
    public ReplyBuilder(int code, RadiusPacket request, SharedSecret secret) {
        this.secret = secret;
        byte[] packet = new byte[USUAL_LENGTH];
        packet[0] = (byte) code;
        packet[1] = (byte) request.identifier();
        byte[] authenticator = request.authenticator();
        System.arraycopy(authenticator, 0, packet, RadiusPacket.AUTHENTICATOR, authenticator.length);
        this.attributes = new AttributeWriter(packet, RadiusPacket.HEADER_LENGTH, secret, authenticator);
        if (PacketCode.isAccessReply(code) || request.has(AttributeType.MESSAGE_AUTHENTICATOR)) {
            this.messageAuthenticator = attributes.end() + 2;
            attributes.put(AttributeType.MESSAGE_AUTHENTICATOR, Authenticators.ZEROS);
        } else {
            this.messageAuthenticator = -1;
        }
        attributes.putProxyState(request);
    }

    /** Where the reply's other attributes go. */
    public AttributeWriter attributes() {
        return attributes;
    }

    /** The signed reply in an array of its own; the builder is used up. */
    public byte[] finish() {
        byte[] packet = Arrays.copyOf(attributes.buffer(), attributes.end());
        packet[2] = (byte) (packet.length >>> 8);
        packet[3] = (byte) packet.length;
        if (messageAuthenticator >= 0) {
            Authenticators.writeMessageAuthenticator(packet, packet.length, messageAuthenticator, secret);
        }
        Authenticators.writeAuthenticator(packet, packet.length, secret);
        return packet;
    }
}
