package io.patchbay.ledger.workflow;

import java.time.Instant;
import java.util.List;

/**
 * A workflow as it stands.
 *
 * @param state running, waiting, failed, done, rolled-back or abandoned
 * @param rollingBack whether its steps are being undone, the last first
 * @param detail how it stands, as a sentence; null while nothing is to be said
 * @param endedAt null while it is open; a failed one has ended until it is tried again
 */
public record Workflow(
        long id,
        WorkflowKind kind,
        long serviceId,
        Wishes wishes,
        String actor,
        String reason,
        String fingerprint,
        String state,
        boolean rollingBack,
        String detail,
        Instant startedAt,
        Instant endedAt,
        List<StoredStep> steps) {
    /** Whether it is neither running nor waiting. */
    public boolean hasEnded() {
        return !state.equals("running") && !state.equals("waiting");
    }
}
