package io.patchbay.ledger.address;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;

/**
 * An assignment with whom it is for; what is null is not there.
 *
 * @param pool the name
 * @param externalId the subscriber's
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FoundAddress(
        long id,
        String prefix,
        String kind,
        Integer netmaskLength,
        String pool,
        String vrf,
        long serviceId,
        long subscriberId,
        String externalId,
        String tenant,
        String userName,
        Long lineId,
        Integer sVlan,
        Integer cVlan,
        Instant assignedAt) {}
