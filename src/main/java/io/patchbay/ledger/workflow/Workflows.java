package io.patchbay.ledger.workflow;

import io.patchbay.event.Actor;
import io.patchbay.event.EventLog;
import io.patchbay.event.EventType;
import io.patchbay.ledger.LedgerConflict;
import io.patchbay.ledger.LedgerNotFound;
import io.patchbay.ledger.Words;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.support.TransactionTemplate;

/** Plans workflows, begins them, and tells how they stand. */
public final class Workflows {
    private final WorkflowStore store;
    private final SituationReader situations;
    private final WorkflowRunner runner;
    private final TransactionTemplate transaction;
    private final EventLog events;
    private final WorkflowSettings settings;
    private final Runnable wake;

    /** @param wake asks for a turn of the runner soon; never blocks */
    Workflows(
            WorkflowStore store,
            SituationReader situations,
            WorkflowRunner runner,
            TransactionTemplate transaction,
            EventLog events,
            WorkflowSettings settings,
            Runnable wake) {
        this.store = store;
        this.situations = situations;
        this.runner = runner;
        this.transaction = transaction;
        this.events = events;
        this.settings = settings;
        this.wake = wake;
    }

    /**
     * What would be done; changes nothing.
     *
     * @throws LedgerNotFound when there is no such service
     * @throws io.patchbay.ledger.LedgerInvalid when a wish names what does not exist, or is none of this kind
     */
    public WorkflowPlan preview(WorkflowRequest request) {
        Planner.requireKnown(request);
        return transaction.execute(status -> Planner.plan(request, situations.read(request, false)));
    }

    /**
     * Begins a workflow and runs it for up to {@link WorkflowSettings#inline}.
     *
     * @param fingerprint of the plan that was approved; null to take whatever the plan is now
     * @throws LedgerConflict when another workflow of the service is open; otherwise as {@link #preview}
     */
    public Begun apply(WorkflowRequest request, String fingerprint, Actor actor) {
        Planner.requireKnown(request);
        UUID lease = UUID.randomUUID();
        Begun begun;
        try {
            begun = transaction.execute(status -> begin(request, fingerprint, actor, lease));
        } catch (DuplicateKeyException another) {
            throw open(request.serviceId());
        }
        if (begun instanceof Begun.Started started) {
            return new Begun.Started(run(started.workflow().id(), lease));
        }
        return begun;
    }

    private Begun begin(WorkflowRequest request, String fingerprint, Actor actor, UUID lease) {
        Situation situation = situations.read(request, true);
        if (store.open(request.serviceId()).isPresent()) {
            throw open(request.serviceId());
        }
        WorkflowPlan plan = Planner.plan(request, situation);
        if (fingerprint != null && !fingerprint.equals(plan.fingerprint())) {
            return new Begun.Changed(plan);
        }
        if (!plan.conflicts().isEmpty()) {
            return new Begun.Refused(plan);
        }
        store.abandonFailed(request.serviceId());
        long id = store.insert(plan, actor, lease, settings.lease());
        events.append(
                actor,
                EventType.WORKFLOW_CHANGED,
                id,
                Map.of(),
                Map.of("kind", Words.of(request.kind()), "serviceId", request.serviceId(), "state", "running"));
        return new Begun.Started(store.find(id).orElseThrow());
    }

    private LedgerConflict open(long serviceId) {
        return new LedgerConflict(store.open(serviceId)
                .map(other -> "Workflow " + other.id() + " (" + Words.of(other.kind()) + ", by " + other.actor()
                        + ", since " + other.startedAt() + ") of this service is " + other.state()
                        + "; wait for its end.")
                .orElse("Another workflow of this service was begun at the same moment. Try again."));
    }

    /** @throws LedgerNotFound when there is no such workflow */
    public Workflow get(long id) {
        return store.find(id).orElseThrow(() -> new LedgerNotFound("There is no workflow " + id + "."));
    }

    /**
     * The newest first.
     *
     * @param tenantId of the service; null for any, likewise {@code state} and {@code serviceId}
     * @param before the id of the last one of the page before; {@link Long#MAX_VALUE} for the first page
     */
    public List<Workflow> list(Long tenantId, String state, Long serviceId, long before, int limit) {
        return store.list(tenantId, state, serviceId, before, limit);
    }

    /**
     * Tries a failed one again from the step that failed, forwards or backwards as it was.
     *
     * @throws LedgerConflict when it has not failed, or another one has begun since
     */
    public Workflow retry(long id, Actor actor) {
        return again(id, get(id).rollingBack(), actor);
    }

    /** Undoes the steps of a failed one, the last first; likewise. */
    public Workflow rollBack(long id, Actor actor) {
        return again(id, true, actor);
    }

    /** Takes up one that waits, at once: somebody has done what it waits for. */
    public Workflow resume(long id) {
        UUID lease = UUID.randomUUID();
        boolean taken = transaction.execute(status -> store.claim(id, lease, settings.lease()));
        return taken ? run(id, lease) : get(id);
    }

    private Workflow again(long id, boolean rollingBack, Actor actor) {
        UUID lease = UUID.randomUUID();
        try {
            transaction.executeWithoutResult(status -> {
                Workflow workflow = get(id);
                if (!store.reopen(id, rollingBack, lease, settings.lease())) {
                    throw new LedgerConflict("Workflow " + id + " is " + workflow.state()
                            + "; only a failed one can be tried again or rolled back.");
                }
                if (!rollingBack) {
                    store.reopenSteps(id);
                }
                events.append(
                        actor,
                        EventType.WORKFLOW_CHANGED,
                        id,
                        Map.of("state", workflow.state()),
                        Map.of("state", "running", "rollingBack", rollingBack));
            });
        } catch (DuplicateKeyException another) {
            throw open(get(id).serviceId());
        }
        return run(id, lease);
    }

    private Workflow run(long id, UUID lease) {
        runner.run(id, lease, settings.inline());
        Workflow now = get(id);
        if (!now.hasEnded()) {
            wake.run();
        }
        return now;
    }
}
