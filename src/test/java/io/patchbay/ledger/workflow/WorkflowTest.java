package io.patchbay.ledger.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.ledger.LedgerConflict;
import io.patchbay.ledger.LedgerInvalid;
import io.patchbay.ledger.LedgerNotFound;
import io.patchbay.ledger.workflow.PlannedStep.Action;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A plan is shown, applied as it was shown or not at all, resumed, tried again and rolled back. */
class WorkflowTest {
    private WorkflowWorld world;
    private long olt;
    private long home;

    @BeforeEach
    void begin() {
        world = new WorkflowWorld();
        olt = world.node("olt-1");
        home = world.line(olt, "olt-1 eth 1:1");
    }

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void aPreviewChangesNothingAndIsWhatIsDone() {
        long service = world.service("alice", "active", home);
        long other = world.line(olt, "olt-1 eth 1:2");
        WorkflowRequest request = new WorkflowRequest(WorkflowKind.MOVE_LINE, service, WorkflowWorld.toLine(other));
        WorkflowPlan plan = world.workflows.preview(request);
        assertThat(plan.steps()).extracting(PlannedStep::action).containsExactly(Action.BIND_LINE);
        assertThat(plan.steps().getFirst().before()).isEqualTo(Map.of("lineId", home));
        assertThat(plan.steps().getFirst().after()).isEqualTo(Map.of("lineId", other));
        assertThat(world.workflows.preview(request)).isEqualTo(plan);
        assertThat(world.id("select line_id from service where id = ?", service))
                .isEqualTo(home);

        Begun begun = world.workflows.apply(request, plan.fingerprint(), WorkflowWorld.OPERATOR);
        assertThat(((Begun.Started) begun).workflow().state()).isEqualTo("done");
        assertThat(world.id("select line_id from service where id = ?", service))
                .isEqualTo(other);
        assertThat(world.text("select detail::text from event where type = 'service-changed'"))
                .contains("\"lineId\": " + home, "\"lineId\": " + other);
        assertThat(world.jdbc.queryForList(
                        "select actor || ', ' || reason from event where type = 'workflow-changed'", String.class))
                .containsExactly("operator, a test", "operator, a test");
    }

    @Test
    void whatHasChangedSinceItWasApprovedIsNotDone() {
        long service = world.service("alice", "active", home);
        world.plan("gold");
        WorkflowRequest request = new WorkflowRequest(WorkflowKind.CHANGE_PLAN, service, WorkflowWorld.toPlan("gold"));
        String approved = world.workflows.preview(request).fingerprint();
        world.jdbc.update("update service set state = 'suspended'");
        Begun begun = world.workflows.apply(request, approved, WorkflowWorld.OPERATOR);
        assertThat(((Begun.Changed) begun).plan().fingerprint()).isNotEqualTo(approved);
        assertThat(world.text("select p.name from service s join plan p on p.id = s.plan_id"))
                .isEqualTo("default");
        assertThat(world.workflows.list(null, null, null, Long.MAX_VALUE, 10)).isEmpty();
    }

    @Test
    void aConflictNamesWhoHasWhatIsWanted() {
        world.service("bob", "active", home);
        long service = world.service("alice", "pending", null);
        Begun begun = world.workflows.apply(
                new WorkflowRequest(WorkflowKind.ACTIVATE, service, WorkflowWorld.toLine(home)),
                null,
                WorkflowWorld.OPERATOR);
        assertThat(((Begun.Refused) begun).plan().conflicts())
                .singleElement()
                .asString()
                .contains("olt-1", "bob");
        assertThat(((Begun.Refused) world.workflows.apply(
                                new WorkflowRequest(WorkflowKind.RESUME, service, Wishes.NONE),
                                null,
                                WorkflowWorld.OPERATOR))
                        .plan()
                        .conflicts())
                .containsExactly("The service is pending; resume is for one that is suspended.");
    }

    @Test
    void wishesThatAKindDoesNotKnowAreRefused() {
        long service = world.service("alice", "active", home);
        assertThatThrownBy(() -> world.workflows.preview(
                        new WorkflowRequest(WorkflowKind.SUSPEND, service, WorkflowWorld.toPlan("gold"))))
                .isInstanceOf(LedgerInvalid.class)
                .hasMessageContaining("suspend takes no plan");
        assertThatThrownBy(() -> world.workflows.preview(
                        new WorkflowRequest(WorkflowKind.CHANGE_PLAN, service, WorkflowWorld.toPlan("gold"))))
                .isInstanceOf(LedgerInvalid.class)
                .hasMessageContaining("'gold'");
        assertThatThrownBy(() -> world.workflows.preview(new WorkflowRequest(WorkflowKind.SUSPEND, 4_711, Wishes.NONE)))
                .isInstanceOf(LedgerNotFound.class);
    }

    @Test
    void twoWorkflowsOfOneServiceNeverRunAtOnce() {
        long service = world.service("alice", "active", home);
        waitsFor(Action.SET_STATE, new AtomicInteger(1));
        Workflow first = world.done(WorkflowKind.SUSPEND, service, Wishes.NONE);
        assertThat(first.state()).isEqualTo("waiting");
        assertThat(first.detail()).isEqualTo("Somebody else has to move.");
        assertThatThrownBy(() -> world.done(WorkflowKind.TERMINATE, service, Wishes.NONE))
                .isInstanceOf(LedgerConflict.class)
                .hasMessageContaining("Workflow " + first.id() + " (suspend, by operator");
        assertThat(world.runner.turn()).as("not due yet").isZero();
        world.leasesEnd();
        assertThat(world.runner.turn()).isEqualTo(1);
        Workflow now = world.workflows.get(first.id());
        assertThat(now.state()).isEqualTo("done");
        assertThat(now.steps().getFirst().attempts()).isEqualTo(2);
        assertThat(world.done(WorkflowKind.TERMINATE, service, Wishes.NONE).state())
                .isEqualTo("done");
    }

    @Test
    void aFailedStepIsToldAndTriedAgain() {
        long service = world.service("alice", "pending", null);
        AtomicInteger refusals = new AtomicInteger(1);
        refuses(Action.SET_STATE, refusals);
        Workflow failed = world.done(WorkflowKind.ACTIVATE, service, WorkflowWorld.toNewLine("olt-1", "olt-1 eth 1:9"));
        assertThat(failed.state()).isEqualTo("failed");
        assertThat(failed.detail()).isEqualTo("Not now.");
        assertThat(failed.steps()).extracting(StoredStep::state).containsExactly("done", "done", "failed");
        assertThat(failed.steps().getLast().detail()).isEqualTo("Not now.");
        assertThat(world.text("select state from service where id = ?", service))
                .isEqualTo("pending");

        Workflow retried = world.workflows.retry(failed.id(), WorkflowWorld.OPERATOR);
        assertThat(retried.state()).isEqualTo("done");
        assertThat(retried.steps()).extracting(StoredStep::attempts).containsExactly(1, 1, 2);
        assertThat(world.text("select state from service where id = ?", service))
                .isEqualTo("active");
        assertThatThrownBy(() -> world.workflows.rollBack(failed.id(), WorkflowWorld.OPERATOR))
                .isInstanceOf(LedgerConflict.class)
                .hasMessageContaining("is done");
    }

    @Test
    void aFailedOneIsRolledBack() {
        long service = world.service("alice", "pending", null);
        refuses(Action.SET_STATE, new AtomicInteger(1));
        long lines = world.id("select count(*) from access_line");
        Workflow failed = world.done(WorkflowKind.ACTIVATE, service, WorkflowWorld.toNewLine("olt-1", "olt-1 eth 1:9"));
        Workflow back = world.workflows.rollBack(failed.id(), WorkflowWorld.OPERATOR);
        assertThat(back.state()).isEqualTo("rolled-back");
        assertThat(back.steps()).extracting(StoredStep::state).containsOnly("undone");
        assertThat(world.id("select count(*) from access_line")).isEqualTo(lines);
        assertThat(world.text("select line_id::text from service where id = ?", service))
                .isNull();
        assertThat(world.done(WorkflowKind.ACTIVATE, service, WorkflowWorld.toLine(home))
                        .state())
                .isEqualTo("done");
    }

    @Test
    void anotherWorkflowAbandonsAFailedOne() {
        long service = world.service("alice", "active", home);
        refuses(Action.SET_STATE, new AtomicInteger(1));
        Workflow failed = world.done(WorkflowKind.SUSPEND, service, Wishes.NONE);
        assertThat(world.done(WorkflowKind.SUSPEND, service, Wishes.NONE).state())
                .isEqualTo("done");
        assertThat(world.workflows.get(failed.id()).state()).isEqualTo("abandoned");
        assertThatThrownBy(() -> world.workflows.retry(failed.id(), WorkflowWorld.OPERATOR))
                .isInstanceOf(LedgerConflict.class);
    }

    @Test
    void whoHasLostItsLeaseDoesNothingMore() {
        long service = world.service("alice", "pending", null);
        world.onReaching(point -> {
            if (point.startsWith("committed")) {
                world.onReaching(again -> {});
                world.leasesEnd();
                world.runner.turn();
            }
        });
        Workflow workflow =
                world.done(WorkflowKind.ACTIVATE, service, WorkflowWorld.toNewLine("olt-1", "olt-1 eth 1:9"));
        assertThat(workflow.state()).isEqualTo("done");
        assertThat(workflow.steps()).extracting(StoredStep::attempts).containsOnly(1);
    }

    @Test
    void aSwappedDeviceHasItsNameAndItsMac() {
        long service = world.service("alice", "active", home);
        Workflow swapped = world.done(
                WorkflowKind.SWAP_CPE,
                service,
                new Wishes(null, null, null, "cpe-2", "02:00:00:00:00:22", null, null, null, null));
        assertThat(swapped.state()).isEqualTo("done");
        assertThat(world.text("select cpe_id from service where id = ?", service))
                .isEqualTo("cpe-2");
        assertThat(world.jdbc.queryForList(
                        "select kind || ' ' || encode(value, 'hex') from line_identifier where line_id = ? order by kind",
                        String.class,
                        home))
                .containsExactly("circuit-id 6f6c742d312065746820313a31", "mac 020000000022");
    }

    @Test
    void whatTakesLongerThanItsCallerWaitsIsGoneOnWithByTheNextTurn() {
        WorkflowStore store = world.store;
        Workflows impatient = new Workflows(
                store,
                new SituationReader(world.jdbc),
                world.runner,
                world.transaction,
                world.events,
                new WorkflowSettings(Duration.ofSeconds(30), Duration.ZERO),
                () -> {});
        long service = world.service("alice", "pending", null);
        Workflow begun = ((Begun.Started) impatient.apply(
                        new WorkflowRequest(
                                WorkflowKind.ACTIVATE, service, WorkflowWorld.toNewLine("olt-1", "olt-1 eth 1:9")),
                        null,
                        WorkflowWorld.OPERATOR))
                .workflow();
        assertThat(begun.state()).isEqualTo("running");
        assertThat(begun.steps()).extracting(StoredStep::state).containsExactly("done", "pending", "pending");
        assertThat(world.runner.turn()).isEqualTo(1);
        assertThat(world.workflows.get(begun.id()).state()).isEqualTo("done");
    }

    private void refuses(Action action, AtomicInteger times) {
        StepAction real = world.action(action);
        world.replace(
                action,
                StepAction.of(
                        run -> {
                            StepOutcome outcome = real.apply(run);
                            if (times.getAndDecrement() > 0) {
                                throw new LedgerConflict("Not now.");
                            }
                            return outcome;
                        },
                        real::undo));
    }

    private void waitsFor(Action action, AtomicInteger times) {
        StepAction real = world.action(action);
        world.replace(
                action,
                StepAction.of(
                        run -> times.getAndDecrement() > 0
                                ? new StepOutcome.Waiting(
                                        "Somebody else has to move.", Duration.ofMinutes(1), Map.of("asked", List.of()))
                                : real.apply(run),
                        real::undo));
    }
}
