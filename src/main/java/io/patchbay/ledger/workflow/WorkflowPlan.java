package io.patchbay.ledger.workflow;

import java.util.List;

/**
 * What a workflow would do.
 *
 * @param steps in order; none when everything is as it is wanted
 * @param warnings what somebody should know and may accept, a sentence each
 * @param conflicts why it cannot be applied, a sentence each, naming who holds what is wanted
 * @param fingerprint SHA-256 over all that it was made of and its steps, in hexadecimal
 */
public record WorkflowPlan(
        WorkflowRequest request,
        List<PlannedStep> steps,
        List<String> warnings,
        List<String> conflicts,
        String fingerprint) {}
