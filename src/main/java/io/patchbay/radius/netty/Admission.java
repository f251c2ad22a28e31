package io.patchbay.radius.netty;

/** Decides on the event loop, before a route sees it, whether a packet deserves one. */
@FunctionalInterface
public interface Admission {
    /** Every packet, as it is. */
    Admission EVERYBODY = datagram -> datagram;

    /** @return what the route gets as its body; null drops the packet */
    Object admit(RadiusDatagram datagram);
}
