package io.patchbay.api.operation;

import io.patchbay.api.ProblemException;
import io.patchbay.ledger.DynamicAuthorization;
import io.patchbay.ledger.DynamicAuthorization.Transport;
import io.patchbay.ledger.Words;
import io.patchbay.wire.IpPrefix;
import io.patchbay.wire.Octets;

/**
 * What a request says of how a NAS takes CoA (RFC 5176); what is null is not said.
 *
 * @param address empty for "where its accounting comes from"
 * @param removeSecret back to the shared secret
 */
record CoaSettings(String transport, Integer port, String address, String secret, Boolean removeSecret) {
    /** RFC 6614 section 3.1. */
    private static final int RADSEC_PORT = 2083;

    /** @throws ProblemException 400 naming the field */
    DynamicAuthorization apply(DynamicAuthorization before) {
        Transport after = transport == null ? before.transport() : Words.parse(Transport.class, transport);
        return new DynamicAuthorization(after, port(before, after), address(before), secret(before));
    }

    /** RadSec without a name would let any certificate of ours speak for the NAS. */
    static void requireName(DynamicAuthorization authorization, String radsecName) {
        if (authorization.transport() == Transport.RADSEC && radsecName == null) {
            throw ProblemException.badRequest(
                    "coaTransport: radsec needs a radsecName, the name in the NAS's certificate.");
        }
    }

    /** The port follows the transport as long as it is the usual one of the transport before. */
    private int port(DynamicAuthorization before, Transport after) {
        if (port != null) {
            return port;
        }
        return before.transport() != after && before.port() == usualPort(before.transport())
                ? usualPort(after)
                : before.port();
    }

    private static int usualPort(Transport transport) {
        return switch (transport) {
            case OFF, UDP -> DynamicAuthorization.USUAL_PORT;
            case RADSEC -> RADSEC_PORT;
        };
    }

    private IpPrefix address(DynamicAuthorization before) {
        if (address == null) {
            return before.address();
        }
        if (address.isEmpty()) {
            return null;
        }
        IpPrefix parsed = Parameters.prefix("coaAddress", address);
        if (parsed.length() != (parsed.v6() ? 128 : 32)) {
            throw ProblemException.badRequest("coaAddress is '" + address + "'; it must be one address, not a prefix");
        }
        return parsed;
    }

    private Octets secret(DynamicAuthorization before) {
        boolean remove = Boolean.TRUE.equals(removeSecret);
        if (remove && secret != null) {
            throw ProblemException.badRequest("Give coaSecret or removeCoaSecret, not both.");
        }
        return remove ? null : secret == null ? before.secret() : Octets.ofText(secret);
    }

    /** Secrets stay out of logs. */
    @Override
    public String toString() {
        return "CoaSettings[" + transport + " " + address + ":" + port + "]";
    }
}
