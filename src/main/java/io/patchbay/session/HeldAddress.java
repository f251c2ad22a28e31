package io.patchbay.session;

import io.patchbay.wire.IpPrefix;

/**
 * An address or prefix that a session holds.
 *
 * @param portFrom first port that is the subscriber's, 0 when all are; {@code portTo} is the last, 65535 when all are
 */
public record HeldAddress(Kind kind, IpPrefix prefix, int portFrom, int portTo) {
    public enum Kind {
        IPV4_ADDRESS,
        /** Framed-IPv6-Prefix: on the link (SLAAC). */
        IPV6_PREFIX,
        IPV6_ADDRESS,
        IPV6_DELEGATED_PREFIX,
        /** A public address behind which a CGNAT gives this subscriber a block of ports. */
        PUBLIC_IPV4_PORTS
    }

    public static HeldAddress whole(Kind kind, IpPrefix prefix) {
        return new HeldAddress(kind, prefix, 0, 65535);
    }
}
