package io.patchbay.radius.netty;

import io.patchbay.radius.MalformedReason;

/** Who is told of what the shells drop. Called on the event loop: it counts and does not block. */
public interface RadiusCounters {
    /** A datagram that is no packet. */
    void malformed(MalformedReason reason);

    /** A body other than {@link RadiusReply} that was not sent: an exception, an echoed request. */
    void unsendable(Object body);

    /** The admission or the socket failed; the datagram is lost, the socket lives on. */
    void failed(Throwable cause);
}
