package io.patchbay.ledger.workflow;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * Where a service that waits for its line is expected; each null is unknown. Bytes are text, or 0x and hexadecimal.
 *
 * @param accessNode its name
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OrderHints(
        String accessNode, String onuSerial, Integer uni, String circuitId, String remoteId, String mac, String note) {}
