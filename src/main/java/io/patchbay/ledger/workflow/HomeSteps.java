package io.patchbay.ledger.workflow;

import io.patchbay.ledger.workflow.PlannedStep.Action;
import java.util.LinkedHashMap;
import java.util.Map;

/** Moves a service to a line where other VLANs are used: line and VLANs change in one transaction, or no reply is right between. */
final class HomeSteps {
    private final LineSteps lines;
    private final VlanSteps vlans;

    HomeSteps(LineSteps lines, VlanSteps vlans) {
        this.lines = lines;
        this.vlans = vlans;
    }

    Map<Action, StepAction> actions() {
        return Map.of(Action.MOVE_HOME, StepAction.of(this::move, this::moveBack));
    }

    private StepOutcome move(StepRun run) {
        StepOutcome.Done released = vlans.release(run);
        StepOutcome.Done moved = lines.bind(run);
        StepOutcome.Done bound = vlans.bind(run);
        Map<String, Object> result = new LinkedHashMap<>(moved.result());
        result.putAll(bound.result());
        result.put(VlanSteps.FOUND, released.result().get(VlanSteps.FOUND));
        return new StepOutcome.Done(moved.detail() + " " + bound.detail(), result);
    }

    private StepOutcome moveBack(StepRun run) {
        if (run.step().result().isEmpty()) {
            return StepOutcome.done("The service was not moved.");
        }
        StepOutcome.Done released = vlans.release(run);
        StepOutcome.Done moved = lines.bindBack(run);
        StepOutcome.Done bound = vlans.restoreFound(run);
        return new StepOutcome.Done(released.detail() + " " + moved.detail() + " " + bound.detail(), Map.of());
    }
}
