package io.patchbay.ledger;

import io.patchbay.wire.IpPrefix;
import io.patchbay.wire.Octets;

/**
 * Which subscribers or lines are wanted; nulls select nothing out.
 *
 * @param userName as typed: compared exactly and in lower case
 * @param circuitId exact bytes
 * @param address of a subscriber: what contains it or lies in it
 */
public record LedgerFilter(String userName, Octets circuitId, IpPrefix address) {
    public static final LedgerFilter ALL = new LedgerFilter(null, null, null);
}
