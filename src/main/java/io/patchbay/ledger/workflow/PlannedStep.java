package io.patchbay.ledger.workflow;

import java.util.Map;

/**
 * One step of a plan.
 *
 * @param action which {@link StepAction} does it
 * @param title what it does, as a sentence
 * @param parameters for the action; plain values
 * @param before what is, by the names of the API
 * @param after what will be; where only the step itself will know (the next free of a pool), from where it comes
 */
public record PlannedStep(
        Action action,
        String title,
        Map<String, Object> parameters,
        Map<String, Object> before,
        Map<String, Object> after) {
    /** Everything that a step can do. */
    public enum Action {
        MAKE_LINE,
        BIND_LINE,
        FREE_LINE,
        MOVE_HOME,
        SET_PLAN,
        SET_STATE,
        SET_CPE,
        BIND_VLAN,
        MOVE_VLAN,
        RELEASE_VLAN,
        ASSIGN_IPV4,
        MOVE_IPV4,
        RELEASE_IPV4,
        RELEASE_ROUTES,
        ENABLE_IPV6,
        SUSPEND_IPV6,
        RESUME_IPV6,
        RENUMBER_IPV6,
        REVOKE_IPV6,
        REMOVE_CREDENTIAL
    }
}
