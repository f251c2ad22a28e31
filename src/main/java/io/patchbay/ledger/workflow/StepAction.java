package io.patchbay.ledger.workflow;

/**
 * Does one step, in the transaction that also marks it as done. It sets what is wanted, so that doing it twice is doing it once,
 * and calls nobody outside the database.
 */
interface StepAction {
    /** @throws io.patchbay.ledger.LedgerException when it cannot be done; nothing of this attempt stays */
    StepOutcome apply(StepRun run);

    /** Puts back what {@link #apply} found, where it is still as it was left; likewise. */
    StepOutcome undo(StepRun run);
}
