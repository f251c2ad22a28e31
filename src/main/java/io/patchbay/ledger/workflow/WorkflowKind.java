package io.patchbay.ledger.workflow;

/** What can be done to a service in steps; its word is that of {@link io.patchbay.ledger.Words}. */
public enum WorkflowKind {
    ACTIVATE,
    SUSPEND,
    RESUME,
    CHANGE_PLAN,
    MOVE_LINE,
    SWAP_CPE,
    RENUMBER,
    TERMINATE
}
