package io.patchbay.ledger;

import io.patchbay.wire.IpPrefix;
import java.time.Instant;

/**
 * Who held this address or prefix?
 *
 * @param port null when it is not known; behind a CGNAT it tells the subscribers of one public address apart
 * @param from by our clock; {@code to} is not before it, and the same for one moment
 */
public record AddressQuestion(IpPrefix prefix, Integer port, Instant from, Instant to) {
    public AddressQuestion {
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("to is " + to + ", which is before from, " + from);
        }
    }

    public boolean isMoment() {
        return from.equals(to);
    }
}
