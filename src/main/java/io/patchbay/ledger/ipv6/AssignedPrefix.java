package io.patchbay.ledger.ipv6;

import io.patchbay.ledger.address.AddressKind;
import io.patchbay.wire.IpPrefix;
import java.time.Instant;

/**
 * A prefix or address that a service has.
 *
 * @param pool where it is from; null, as the id, when from no pool
 */
public record AssignedPrefix(
        long id, long vrfId, AddressKind kind, IpPrefix prefix, Long poolId, String pool, Instant since) {
    boolean contains(AssignedPrefix other) {
        return vrfId == other.vrfId && prefix.length() < other.prefix.length() && prefix.contains(other.prefix);
    }
}
