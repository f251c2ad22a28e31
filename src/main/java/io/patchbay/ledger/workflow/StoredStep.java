package io.patchbay.ledger.workflow;

import java.time.Instant;
import java.util.Map;

/**
 * One step of a workflow, as it stands.
 *
 * @param position from 1
 * @param state pending, waiting, failed, done or undone
 * @param attempts how often it was begun and its end written down
 * @param detail what was done, or why not, as a sentence; null before the first attempt
 * @param result what it has done, for the steps after it and for rolling back
 * @param startedAt null before the first attempt
 * @param endedAt null until it is done, failed or undone
 */
public record StoredStep(
        int position,
        PlannedStep.Action action,
        String title,
        Map<String, Object> parameters,
        Map<String, Object> before,
        Map<String, Object> after,
        String state,
        int attempts,
        String detail,
        Map<String, Object> result,
        Instant startedAt,
        Instant endedAt) {}
