package io.patchbay.ledger.netbox;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;

/**
 * NetBox and the ledger disagree.
 *
 * @param kind object-in-the-way, deleted-in-netbox, value-refused, block-removed, block-refused or foreign-in-use
 * @param objectType ip-address, prefix, vlan, ip-range
 * @param netBoxId null for what is not there
 * @param reason a sentence
 * @param state open, ledger-kept, netbox-taken, dismissed, or gone when it ended by itself
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record NetBoxConflict(
        long id,
        String kind,
        String objectType,
        Long netBoxId,
        Long serviceId,
        Long poolId,
        String claimKey,
        String ledgerValue,
        String netBoxValue,
        String reason,
        String state,
        Instant createdAt,
        Instant seenAt,
        Instant resolvedAt,
        String resolvedBy) {}
