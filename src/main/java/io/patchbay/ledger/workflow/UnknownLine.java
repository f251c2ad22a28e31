package io.patchbay.ledger.workflow;

import io.patchbay.wire.Octets;
import java.time.Instant;

/**
 * A line from which somebody asked and on which nobody lives. A null was not reported.
 *
 * @param nasTenantId whose services the NAS serves
 * @param serviceId the service whose user proved to be one from there; null when none did
 * @param lastSeen null when it was never seen, but is asked about
 */
public record UnknownLine(
        long sightingId,
        long nasClientId,
        String nas,
        Long nasTenantId,
        Long serviceId,
        String userName,
        Octets circuitId,
        Octets remoteId,
        Octets nasPortId,
        Octets mac,
        Instant firstSeen,
        Instant lastSeen,
        long times) {}
