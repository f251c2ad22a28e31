package io.patchbay.ledger.workflow;

import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Does one step, in the transaction that also marks it as done. It sets what is wanted, so that doing it twice is doing it once,
 * and calls nobody outside the database.
 */
interface StepAction {
    /**
     * What has to be asked of others before, outside any transaction: it may take seconds, and be done several times.
     *
     * @throws io.patchbay.ledger.AuthorityAway when they do not answer: the step waits for them
     */
    default void prepare(StepRun run) {}

    /** @throws io.patchbay.ledger.LedgerException when it cannot be done; nothing of this attempt stays */
    StepOutcome apply(StepRun run);

    /** Puts back what {@link #apply} found, where it is still as it was left; likewise. */
    StepOutcome undo(StepRun run);

    static StepAction of(Function<StepRun, StepOutcome> apply, Function<StepRun, StepOutcome> undo) {
        return of(run -> {}, apply, undo);
    }

    static StepAction of(
            Consumer<StepRun> prepare, Function<StepRun, StepOutcome> apply, Function<StepRun, StepOutcome> undo) {
        return new StepAction() {
            @Override
            public void prepare(StepRun run) {
                prepare.accept(run);
            }

            @Override
            public StepOutcome apply(StepRun run) {
                return apply.apply(run);
            }

            @Override
            public StepOutcome undo(StepRun run) {
                return undo.apply(run);
            }
        };
    }
}
