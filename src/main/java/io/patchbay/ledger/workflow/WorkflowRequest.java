package io.patchbay.ledger.workflow;

/** What somebody wants done to a service. */
public record WorkflowRequest(WorkflowKind kind, long serviceId, Wishes wishes) {}
