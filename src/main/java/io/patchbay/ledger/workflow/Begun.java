package io.patchbay.ledger.workflow;

/** What came of a plan that was to be applied. */
public sealed interface Begun {
    /** It was begun, and may be done already. */
    record Started(Workflow workflow) implements Begun {}

    /** What was approved is no more what would be done; nothing was done. */
    record Changed(WorkflowPlan plan) implements Begun {}

    /** It conflicts with what others have; nothing was done. */
    record Refused(WorkflowPlan plan) implements Begun {}
}
