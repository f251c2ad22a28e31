package io.patchbay.ledger.selfservice;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;

/**
 * Somebody asks for a static address or prefix. What is null is not told.
 *
 * @param kind ipv4-address, ipv6-wan-prefix, ipv6-wan-address or ipv6-delegated-prefix
 * @param note what the subscriber says; {@code answer} is what the operator says
 * @param state waiting, granted or declined
 * @param prefix what was given
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AddressRequest(
        long id,
        long subscriberId,
        long serviceId,
        String kind,
        String note,
        String state,
        Instant createdAt,
        Instant decidedAt,
        String decidedBy,
        String answer,
        String prefix) {}
