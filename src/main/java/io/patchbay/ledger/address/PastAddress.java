package io.patchbay.ledger.address;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;

/**
 * Who was assigned what, and when.
 *
 * @param holder as an operator knew the service then
 * @param releasedAt null while it is assigned
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PastAddress(
        String prefix,
        String kind,
        long serviceId,
        Long subscriberId,
        String holder,
        Instant assignedAt,
        Instant releasedAt) {}
