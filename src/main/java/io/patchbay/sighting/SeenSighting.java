package io.patchbay.sighting;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;

/**
 * One stored sighting, for people and programs to read.
 *
 * @param serviceId null when nobody was found; likewise every identifier that was not reported
 * @param circuitId text where it is printable, otherwise {@code 0x} and hexadecimal; likewise the other identifiers
 * @param circuitIdHex the exact bytes
 * @param times how often it was seen
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SeenSighting(
        long id,
        String nas,
        Long serviceId,
        String userName,
        String reason,
        String outcome,
        String circuitId,
        String circuitIdHex,
        String remoteId,
        String remoteIdHex,
        String nasPortId,
        String mac,
        Long nasPort,
        Integer sVlan,
        Integer cVlan,
        List<SeenMismatch> mismatches,
        Instant firstSeen,
        Instant lastSeen,
        long times) {

    /**
     * @param kind {@code circuit-id}, {@code remote-id}, {@code nas-port-id}, {@code mac} or {@code vlan}
     * @param expected hexadecimal; null when the ledger holds none
     * @param seen hexadecimal; null when the request said nothing
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record SeenMismatch(String kind, String expected, String seen) {}
}
