package io.patchbay.sighting;

import io.patchbay.wire.Octets;

/**
 * Which attempts are asked for; what is null does not matter.
 *
 * @param before only attempts older than this one, the last of the page before
 */
public record AuthenticationFilter(
        Long subscriberId,
        Long serviceId,
        String userName,
        Octets circuitId,
        String nas,
        String outcome,
        String reason,
        SightingFilter.Position before) {
    public static final AuthenticationFilter ALL =
            new AuthenticationFilter(null, null, null, null, null, null, null, null);
}
