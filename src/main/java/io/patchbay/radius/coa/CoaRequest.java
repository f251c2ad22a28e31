package io.patchbay.radius.coa;

import io.patchbay.radius.AttributeWriter;
import io.patchbay.radius.PacketCode;
import io.patchbay.radius.SharedSecret;
import java.net.InetSocketAddress;
import java.util.function.Consumer;

/**
 * What is asked of a NAS. The sender adds Message-Authenticator and Event-Timestamp.
 *
 * @param peer what the NAS is known by: the name of its certificate where that matters, otherwise for people
 * @param nas where the request goes
 * @param attributes appends what identifies the session and what is to change; called once, on the sender's thread, before
 *     the first datagram
 */
public record CoaRequest(
        Kind kind, String peer, InetSocketAddress nas, SharedSecret secret, Consumer<AttributeWriter> attributes) {

    public enum Kind {
        /** RFC 5176 section 2.2. */
        CHANGE(PacketCode.COA_REQUEST, PacketCode.COA_ACK, PacketCode.COA_NAK),
        /** RFC 5176 section 2.1. */
        DISCONNECT(PacketCode.DISCONNECT_REQUEST, PacketCode.DISCONNECT_ACK, PacketCode.DISCONNECT_NAK);

        private final int code;
        private final int ack;
        private final int nak;

        Kind(int code, int ack, int nak) {
            this.code = code;
            this.ack = ack;
            this.nak = nak;
        }

        /** The request's packet code; likewise those of its two answers. */
        public int code() {
            return code;
        }

        public int ack() {
            return ack;
        }

        public int nak() {
            return nak;
        }
    }
}
