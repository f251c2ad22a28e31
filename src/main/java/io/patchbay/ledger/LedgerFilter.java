package io.patchbay.ledger;

import io.patchbay.wire.IpPrefix;
import io.patchbay.wire.Octets;

/**
 * Which subscribers, services or lines are wanted; nulls select nothing out.
 *
 * @param userName as typed: compared exactly and in lower case
 * @param circuitId exact bytes
 * @param address of a subscriber: what contains it or lies in it
 * @param externalId of the subscriber
 * @param tenantId whose alone: subscribers and services of the tenant, lines on which one of its services lives
 */
public record LedgerFilter(String userName, Octets circuitId, IpPrefix address, String externalId, Long tenantId) {
    public static final LedgerFilter ALL = new LedgerFilter(null, null, null);

    public LedgerFilter(String userName, Octets circuitId, IpPrefix address) {
        this(userName, circuitId, address, null, null);
    }

    public static LedgerFilter ofTenant(Long tenantId) {
        return new LedgerFilter(null, null, null, null, tenantId);
    }
}
