package io.patchbay.ledger;

import io.patchbay.line.LineIdentifier;
import java.util.List;

/**
 * An access line as an operator reads it; a null is not set.
 *
 * @param uni the ONU's port
 * @param serviceIds the services that live on it
 */
public record LineView(
        long id,
        String accessNode,
        List<LineIdentifier> identifiers,
        String canonicalCircuitId,
        String onuSerial,
        Integer uni,
        List<Long> serviceIds) {}
