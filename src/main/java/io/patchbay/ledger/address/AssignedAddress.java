package io.patchbay.ledger.address;

import io.patchbay.wire.IpPrefix;
import java.time.Instant;

/**
 * What a service has.
 *
 * @param netmaskLength of an ipv4-address; null when none is told
 * @param poolId null when it lies in no pool
 */
public record AssignedAddress(
        long id,
        long serviceId,
        AddressKind kind,
        IpPrefix prefix,
        Integer netmaskLength,
        Long poolId,
        Instant assignedAt) {}
