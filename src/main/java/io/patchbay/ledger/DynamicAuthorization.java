package io.patchbay.ledger;

import io.patchbay.wire.IpPrefix;
import io.patchbay.wire.Octets;

/**
 * How a NAS takes CoA- and Disconnect-Requests (RFC 5176).
 *
 * @param port 1 to 65535; 3799 unless the NAS has another (older ones 1700)
 * @param address where they go; null when that is where a session's accounting comes from, which is right unless a proxy or
 *     an address translation stands between
 * @param secret null when it is the NAS's current shared secret
 */
public record DynamicAuthorization(Transport transport, int port, IpPrefix address, Octets secret) {
    /** RFC 5176 section 2.1. */
    public static final int USUAL_PORT = 3799;

    public static final DynamicAuthorization USUAL = new DynamicAuthorization(Transport.UDP, USUAL_PORT, null, null);

    public enum Transport {
        /** It takes none: what would need one is told to the operator. */
        OFF,
        UDP,
        /** TLS (RFC 6614), to port 2083 unless another is set. */
        RADSEC
    }

    /** Secrets stay out of logs. */
    @Override
    public String toString() {
        return "DynamicAuthorization[" + transport + " " + (address == null ? "*" : address.addressText()) + ":" + port
                + "]";
    }
}
