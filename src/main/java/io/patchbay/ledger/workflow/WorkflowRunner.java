package io.patchbay.ledger.workflow;

import io.patchbay.database.DatabaseAway;
import io.patchbay.event.Actor;
import io.patchbay.event.EventLog;
import io.patchbay.event.EventType;
import io.patchbay.ledger.AuthorityAway;
import io.patchbay.ledger.LedgerException;
import io.patchbay.ledger.Words;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs workflows, step by step: each step, its mark, and behind the last one the workflow's end, in one transaction. Whoever
 * runs has a lease, and each of its transactions holds the row under that lease: who was taken for dead and is not cannot do a
 * step twice.
 */
final class WorkflowRunner {
    private static final Logger LOG = LoggerFactory.getLogger(WorkflowRunner.class);
    private static final int TRIES = 3;
    private static final Duration AUTHORITY_AWAY = Duration.ofSeconds(10);
    private static final Duration AFTER_A_COLLISION = Duration.ofSeconds(1);

    private final WorkflowStore store;
    private final TransactionTemplate transaction;
    private final EventLog events;
    private final Map<PlannedStep.Action, StepAction> actions;
    private final WorkflowSettings settings;
    private final Consumer<String> reached;

    /** What one transaction came to. */
    private enum Turn {
        STEP_DONE,
        ENDED,
        NOT_OURS
    }

    /** @param reached told at every point at which a crash may come; the tests crash there */
    WorkflowRunner(
            WorkflowStore store,
            TransactionTemplate transaction,
            EventLog events,
            Map<PlannedStep.Action, StepAction> actions,
            WorkflowSettings settings,
            Consumer<String> reached) {
        this.store = store;
        this.transaction = transaction;
        this.events = events;
        this.actions = actions;
        this.settings = settings;
        this.reached = reached;
    }

    /**
     * Takes up what is due and runs it, each for as long as there are steps that can be done now.
     *
     * @return how many there were
     * @throws org.springframework.dao.DataAccessException when the database is away: the leases end, and nothing is lost
     */
    int turn() {
        UUID lease = UUID.randomUUID();
        List<Long> due = transaction.execute(status -> store.claimDue(lease, settings.lease()));
        due.forEach(id -> run(id, lease, Duration.ofDays(1)));
        return due.size();
    }

    /**
     * Runs a workflow under a lease that it has.
     *
     * @param patience after that it is left to the next turn, at once
     */
    void run(long id, UUID lease, Duration patience) {
        long start = System.nanoTime();
        reached.accept("taken");
        int tries = 0;
        while (true) {
            try {
                prepare(id);
                if (turn(id, lease) != Turn.STEP_DONE) {
                    return;
                }
                tries = 0;
            } catch (TransientDataAccessException collision) {
                if (DatabaseAway.explains(collision)) {
                    throw collision;
                }
                if (++tries == TRIES) {
                    giveFree(id, lease, "Others change the same rows; it is tried again.", AFTER_A_COLLISION);
                    return;
                }
            } catch (AuthorityAway away) {
                await(id, lease, away.getMessage());
                return;
            } catch (LedgerException refused) {
                fail(id, lease, refused.getMessage());
                return;
            } catch (DataIntegrityViolationException refused) {
                fail(id, lease, sentence(refused));
                return;
            } catch (RuntimeException fault) {
                if (DatabaseAway.explains(fault)) {
                    throw fault;
                }
                LOG.error("A step of workflow {} failed", id, fault);
                fail(id, lease, "The hub failed to do this; its log says why.");
                return;
            }
            if (System.nanoTime() - start > patience.toNanos()) {
                giveFree(id, lease, null, Duration.ZERO);
                return;
            }
        }
    }

    /** Outside any transaction: others may be asked. */
    private void prepare(long id) {
        Workflow workflow = store.find(id).orElseThrow();
        if (!workflow.rollingBack()) {
            next(workflow).ifPresent(step -> actions.get(step.action()).prepare(run(workflow, step)));
        }
    }

    private static StepRun run(Workflow workflow, StoredStep step) {
        return new StepRun(
                workflow.id(),
                workflow.serviceId(),
                new Actor(workflow.actor(), workflow.reason()),
                step,
                workflow.steps().subList(0, step.position() - 1));
    }

    private Turn turn(long id, UUID lease) {
        Turn turn = transaction.execute(status -> {
            Workflow workflow = store.hold(id, lease, settings.lease()).orElse(null);
            if (workflow == null || workflow.hasEnded()) {
                return Turn.NOT_OURS;
            }
            StoredStep step = next(workflow).orElse(null);
            if (step == null) {
                end(workflow);
                return Turn.ENDED;
            }
            return attempt(workflow, step);
        });
        reached.accept("committed");
        return turn;
    }

    private Turn attempt(Workflow workflow, StoredStep step) {
        StepRun run = run(workflow, step);
        StepAction action = actions.get(step.action());
        StepOutcome outcome = workflow.rollingBack() ? action.undo(run) : action.apply(run);
        reached.accept(Words.of(step.action()) + " before its commit");
        return switch (outcome) {
            case StepOutcome.Done done -> {
                String state = workflow.rollingBack() ? "undone" : "done";
                store.mark(workflow.id(), step.position(), state, done.detail(), done.result());
                Workflow now = store.find(workflow.id()).orElseThrow();
                if (next(now).isPresent()) {
                    yield Turn.STEP_DONE;
                }
                end(now);
                yield Turn.ENDED;
            }
            case StepOutcome.Waiting waiting -> {
                store.mark(workflow.id(), step.position(), "waiting", waiting.detail(), waiting.result());
                store.settle(workflow.id(), "waiting", waiting.detail(), waiting.lookAgain());
                yield Turn.ENDED;
            }
        };
    }

    /** The step that is to be done, or undone. */
    private static Optional<StoredStep> next(Workflow workflow) {
        if (workflow.rollingBack()) {
            return workflow.steps().reversed().stream()
                    .filter(step ->
                            !step.state().equals("pending") && !step.state().equals("undone"))
                    .findFirst();
        }
        return workflow.steps().stream()
                .filter(step -> !step.state().equals("done"))
                .findFirst();
    }

    private void end(Workflow workflow) {
        String state = workflow.rollingBack() ? "rolled-back" : "done";
        store.settle(workflow.id(), state, null, Duration.ZERO);
        tell(workflow, state, null);
    }

    private void fail(long id, UUID lease, String why) {
        transaction.executeWithoutResult(
                status -> store.hold(id, lease, settings.lease()).ifPresent(workflow -> {
                    next(workflow).ifPresent(step -> store.mark(id, step.position(), "failed", why, Map.of()));
                    store.settle(id, "failed", why, Duration.ZERO);
                    tell(workflow, "failed", why);
                }));
        reached.accept("failure committed");
    }

    private void await(long id, UUID lease, String whom) {
        transaction.executeWithoutResult(
                status -> store.hold(id, lease, settings.lease()).ifPresent(workflow -> {
                    next(workflow).ifPresent(step -> store.mark(id, step.position(), "waiting", whom, Map.of()));
                    store.settle(id, "waiting", whom, AUTHORITY_AWAY);
                }));
    }

    private void giveFree(long id, UUID lease, String detail, Duration dueIn) {
        transaction.executeWithoutResult(status -> store.hold(id, lease, settings.lease())
                .ifPresent(workflow -> store.settle(id, "running", detail, dueIn)));
    }

    private void tell(Workflow workflow, String state, String why) {
        events.append(
                new Actor(workflow.actor(), workflow.reason()),
                EventType.WORKFLOW_CHANGED,
                workflow.id(),
                Map.of("state", workflow.state()),
                why == null ? Map.of("state", state) : Map.of("state", state, "detail", why));
    }

    /** What PostgreSQL says of it: mostly a sentence of the ledger's own triggers. */
    private static String sentence(DataIntegrityViolationException refused) {
        if (refused.getMostSpecificCause() instanceof PSQLException sql) {
            ServerErrorMessage message = sql.getServerErrorMessage();
            return message == null ? sql.getMessage() : "The ledger refuses it: " + message.getMessage() + ".";
        }
        return "The ledger refuses it: " + refused.getMostSpecificCause().getMessage();
    }
}
