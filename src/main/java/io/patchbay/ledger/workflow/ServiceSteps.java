package io.patchbay.ledger.workflow;

import io.patchbay.event.Difference;
import io.patchbay.event.EventLog;
import io.patchbay.event.EventType;
import io.patchbay.ledger.ServiceChanges;
import io.patchbay.ledger.ServiceState;
import io.patchbay.ledger.Words;
import io.patchbay.ledger.workflow.PlannedStep.Action;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.jdbc.core.JdbcTemplate;

/** The steps that change the service itself. Each undoes only what is still as it left it. */
final class ServiceSteps {
    private final JdbcTemplate jdbc;
    private final EventLog events;
    private final ServiceChanges services;

    ServiceSteps(JdbcTemplate jdbc, EventLog events, ServiceChanges services) {
        this.jdbc = jdbc;
        this.events = events;
        this.services = services;
    }

    Map<Action, StepAction> actions() {
        return Map.of(
                Action.SET_PLAN, StepAction.of(this::setPlan, this::unsetPlan),
                Action.SET_STATE, StepAction.of(this::setState, this::unsetState),
                Action.REMOVE_CREDENTIAL, StepAction.of(this::removeCredential, this::credentialIsGone));
    }

    private StepOutcome setPlan(StepRun run) {
        return changed(
                "plan",
                planOf(run),
                run.text("plan"),
                wanted -> services.changePlan(run.serviceId(), wanted, run.actor()));
    }

    private StepOutcome unsetPlan(StepRun run) {
        return putBack(run, "plan", planOf(run), was -> services.changePlan(run.serviceId(), was, run.actor()));
    }

    private StepOutcome setState(StepRun run) {
        return changed(
                "state",
                stateOf(run),
                run.text("state"),
                wanted -> services.setState(run.serviceId(), Words.parse(ServiceState.class, wanted), run.actor()));
    }

    private StepOutcome unsetState(StepRun run) {
        return putBack(
                run,
                "state",
                stateOf(run),
                was -> services.setState(run.serviceId(), Words.parse(ServiceState.class, was), run.actor()));
    }

    private String planOf(StepRun run) {
        return read("select p.name from service s join plan p on p.id = s.plan_id where s.id = ? for update of s", run);
    }

    private String stateOf(StepRun run) {
        return read("select state from service where id = ? for update", run);
    }

    /** @return null when the service is gone; changing it says so */
    private String read(String sql, StepRun run) {
        return jdbc.queryForList(sql, String.class, run.serviceId()).stream()
                .findFirst()
                .orElse(null);
    }

    private static StepOutcome changed(String what, String before, String wanted, Consumer<String> change) {
        if (!wanted.equals(before)) {
            change.accept(wanted);
        }
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("was", before);
        result.put("is", wanted);
        return new StepOutcome.Done("The " + what + " was " + before + " and is " + wanted + ".", result);
    }

    private static StepOutcome putBack(StepRun run, String what, String now, Consumer<String> change) {
        Object was = run.result("was");
        if (was == null || now == null || !now.equals(run.result("is")) || now.equals(was)) {
            return StepOutcome.done("The " + what + " stays " + now + ".");
        }
        change.accept(was.toString());
        return StepOutcome.done("The " + what + " is " + was + " again.");
    }

    private StepOutcome removeCredential(StepRun run) {
        List<String> removed = jdbc.queryForList(
                "delete from credential where service_id = ? returning user_name", String.class, run.serviceId());
        if (removed.isEmpty()) {
            return StepOutcome.done("There was no credential any more.");
        }
        events.append(
                run.actor(),
                EventType.SERVICE_CHANGED,
                run.serviceId(),
                Difference.of("userName", removed.getFirst(), null));
        return new StepOutcome.Done(
                "The credential of " + removed.getFirst() + " is removed.", Map.of("removed", removed.getFirst()));
    }

    private StepOutcome credentialIsGone(StepRun run) {
        return StepOutcome.done(
                run.result("removed") == null
                        ? "The credential was not removed."
                        : "The credential of " + run.result("removed") + " is gone; give the service another one.");
    }
}
