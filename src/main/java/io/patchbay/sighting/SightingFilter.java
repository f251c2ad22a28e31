package io.patchbay.sighting;

import io.patchbay.wire.Octets;
import java.time.Instant;

/**
 * Which sightings are asked for; what is null does not matter.
 *
 * @param before only sightings older than this one, the last of the page before
 */
public record SightingFilter(
        String reason, String outcome, String nas, Long serviceId, String userName, Octets circuitId, Position before) {
    /** A place in the order of the newest first. */
    public record Position(Instant lastSeen, long id) {}

    public static final SightingFilter ALL = new SightingFilter(null, null, null, null, null, null, null);
}
