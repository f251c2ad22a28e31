package io.patchbay.ledger.workflow;

import java.time.Duration;
import java.util.Map;

/** How one attempt at a step ended; one that cannot be done throws a {@link io.patchbay.ledger.LedgerException} instead. */
public sealed interface StepOutcome {
    /**
     * @param detail what was done, as a sentence
     * @param result for the steps after it and for rolling back; plain values
     */
    record Done(String detail, Map<String, ?> result) implements StepOutcome {}

    /**
     * Somebody else has to do something first; what this attempt has changed stays, and the step is applied again.
     *
     * @param detail who has to do what, as a sentence
     * @param lookAgain in how long
     */
    record Waiting(String detail, Duration lookAgain, Map<String, ?> result) implements StepOutcome {}

    static StepOutcome done(String detail) {
        return new Done(detail, Map.of());
    }
}
