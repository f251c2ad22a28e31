package io.patchbay.ledger.address;

import io.patchbay.wire.IpPrefix;
import java.time.Instant;

/**
 * What is in a pool and neither free nor assigned.
 *
 * @param serviceId whose it was, or for whom it is kept; null when nobody's
 * @param kind what it was to the service; null when nothing
 * @param until when it becomes free; null: not by itself
 */
public record AddressHold(
        long id,
        long poolId,
        IpPrefix prefix,
        HoldReason reason,
        Long serviceId,
        AddressKind kind,
        Instant until,
        String note,
        Instant createdAt,
        String createdBy) {}
