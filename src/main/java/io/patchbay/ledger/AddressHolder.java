package io.patchbay.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Somebody who held, or may have held, an address. What is null is not known, or does not apply.
 *
 * @param source who says so: accounting, ledger or lease
 * @param portFrom null when every port was the holder's; likewise {@code portTo}
 * @param until null when it is held still
 * @param doubts a sentence for each reason why it may not have been so; empty when it is certain
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AddressHolder(
        String source,
        Long serviceId,
        Long subscriberId,
        Long lineId,
        String userName,
        String circuitId,
        String mac,
        String nas,
        Long sessionId,
        String kind,
        String prefix,
        Integer portFrom,
        Integer portTo,
        Instant from,
        Instant until,
        List<String> doubts) {

    @JsonProperty("certain")
    public boolean isCertain() {
        return doubts.isEmpty();
    }

    public AddressHolder withDoubt(String sentence) {
        List<String> more = new ArrayList<>(doubts);
        more.add(sentence);
        return new AddressHolder(
                source,
                serviceId,
                subscriberId,
                lineId,
                userName,
                circuitId,
                mac,
                nas,
                sessionId,
                kind,
                prefix,
                portFrom,
                portTo,
                from,
                until,
                List.copyOf(more));
    }
}
