package io.patchbay.ledger.vlan;

import java.time.Instant;

/**
 * The VLANs of a service.
 *
 * @param cVlan null where there is no inner tag
 * @param poolId the pool that they are in; null for none
 * @param overridden chosen for this service alone, and kept when its plan or its plan's pool changes
 */
public record VlanBinding(
        long serviceId,
        long domainId,
        VlanModel model,
        int sVlan,
        Integer cVlan,
        Long poolId,
        boolean overridden,
        Instant assignedAt) {}
