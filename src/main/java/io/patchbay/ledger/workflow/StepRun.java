package io.patchbay.ledger.workflow;

import io.patchbay.event.Actor;
import java.util.List;
import java.util.Map;

/**
 * What a step knows when it runs.
 *
 * @param step as stored, with what it was given and what it has done so far
 * @param earlier the steps before it
 */
record StepRun(long workflowId, long serviceId, Actor actor, StoredStep step, List<StoredStep> earlier) {
    /** @return null when the plan did not give it */
    String text(String parameter) {
        Object value = step.parameters().get(parameter);
        return value == null ? null : value.toString();
    }

    /** @return null when the plan did not give it */
    Long number(String parameter) {
        return step.parameters().get(parameter) instanceof Number number ? Long.valueOf(number.longValue()) : null;
    }

    @SuppressWarnings("unchecked")
    Map<String, Object> map(String parameter) {
        return (Map<String, Object>) step.parameters().get(parameter);
    }

    /** What an earlier step has found or made. @return null when it has told no such thing */
    Long earlierNumber(PlannedStep.Action action, String name) {
        return earlier.stream()
                .filter(one -> one.action() == action && one.result().get(name) instanceof Number)
                .map(one -> ((Number) one.result().get(name)).longValue())
                .findFirst()
                .orElse(null);
    }

    /** What this step has told of itself when it was done. @return null when it has told no such thing */
    Object result(String name) {
        return step.result().get(name);
    }

    Long resultNumber(String name) {
        return result(name) instanceof Number number ? Long.valueOf(number.longValue()) : null;
    }
}
