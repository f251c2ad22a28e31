package io.patchbay.ledger.workflow;

import io.patchbay.ledger.workflow.PlannedStep.Action;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects a plan. */
final class PlanBuilder {
    private final List<PlannedStep> steps = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final List<String> conflicts = new ArrayList<>();

    /**
     * @param what which thing changes, by the name of the API
     * @param before null when it is not there; likewise {@code after}
     */
    void step(Action action, String title, Map<String, ?> parameters, String what, Object before, Object after) {
        steps.add(new PlannedStep(action, title, plain(parameters), entry(what, before), entry(what, after)));
    }

    void warn(String sentence) {
        warnings.add(sentence);
    }

    void conflict(String sentence) {
        conflicts.add(sentence);
    }

    WorkflowPlan build(WorkflowRequest request, Situation situation) {
        conflicts.addAll(situation.conflicts());
        return new WorkflowPlan(
                request,
                List.copyOf(steps),
                List.copyOf(warnings),
                List.copyOf(conflicts),
                Json.fingerprint(request, situation, steps));
    }

    private static Map<String, Object> plain(Map<String, ?> parameters) {
        Map<String, Object> plain = new LinkedHashMap<>();
        parameters.forEach((name, value) -> {
            if (value != null) {
                plain.put(name, value);
            }
        });
        return plain;
    }

    private static Map<String, Object> entry(String what, Object value) {
        return value == null ? Map.of() : Map.of(what, value);
    }
}
