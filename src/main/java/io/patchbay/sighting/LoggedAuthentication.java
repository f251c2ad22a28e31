package io.patchbay.sighting;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;

/**
 * Equal attempts within a second, for people and programs to read.
 *
 * @param at of the last of them
 * @param serviceId null when nobody was found; likewise every identifier that was not reported
 * @param outcome accept, quarantine, reject or silence
 * @param reason null when all was as it should be
 * @param circuitId text where it is printable, otherwise {@code 0x} and hexadecimal; likewise the remote-id
 * @param circuitIdHex the exact bytes
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LoggedAuthentication(
        long id,
        Instant at,
        Instant firstAt,
        long times,
        String nas,
        Long serviceId,
        String userName,
        String outcome,
        String reason,
        String circuitId,
        String circuitIdHex,
        String remoteId,
        String remoteIdHex,
        String mac) {}
