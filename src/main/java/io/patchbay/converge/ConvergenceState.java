package io.patchbay.converge;

import java.time.Instant;

/**
 * How far a service has come at one target.
 *
 * @param state pending, waiting, failed or done
 * @param attempts since its last change
 * @param dueAt when it is looked at next; of no meaning for failed and done
 * @param reason what was done, or why not, as a sentence; null before the first attempt
 * @param changedAt when the last change was seen
 */
public record ConvergenceState(
        long serviceId,
        String target,
        long desiredVersion,
        long appliedVersion,
        String state,
        int attempts,
        Instant dueAt,
        String reason,
        Instant changedAt) {}
