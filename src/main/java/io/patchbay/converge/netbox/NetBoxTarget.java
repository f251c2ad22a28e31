package io.patchbay.converge.netbox;

import io.patchbay.converge.Target;
import io.patchbay.converge.Verdict;
import io.patchbay.ledger.netbox.ConflictFound;
import io.patchbay.ledger.netbox.NetBoxConflicts;
import io.patchbay.netbox.CustomFields;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The mirror as a target of convergence. Plans are kept until {@link #flush}, so that a turn's are written together. */
final class NetBoxTarget implements Target<MirroredService, MirrorPlan, MirrorOutcome> {
    static final String NAME = "netbox";

    private final MirrorObserver observer;
    private final MirrorWriter writer;
    private final CustomFields names;
    private final NetBoxConflicts conflicts;
    private final MirrorGate gate;
    private final MirrorMeters meters;
    private List<Waiting> waiting = new ArrayList<>();

    private record Waiting(MirrorPlan plan, CompletableFuture<MirrorOutcome> told) {}

    NetBoxTarget(
            MirrorObserver observer,
            MirrorWriter writer,
            CustomFields names,
            NetBoxConflicts conflicts,
            MirrorGate gate,
            MirrorMeters meters) {
        this.observer = observer;
        this.writer = writer;
        this.names = names;
        this.conflicts = conflicts;
        this.gate = gate;
        this.meters = meters;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<String> after() {
        return Set.of();
    }

    @Override
    public Map<Long, MirroredService> observe(Collection<Long> serviceIds) {
        return observer.observe(serviceIds);
    }

    @Override
    public MirrorPlan plan(long serviceId, MirroredService observed) {
        return MirrorPlanner.plan(observed, names);
    }

    @Override
    public synchronized CompletableFuture<MirrorOutcome> apply(MirrorPlan plan) {
        if (plan.isNothing()) {
            return CompletableFuture.completedFuture(new MirrorProgress(plan).outcome());
        }
        CompletableFuture<MirrorOutcome> told = new CompletableFuture<>();
        waiting.add(new Waiting(plan, told));
        return told;
    }

    /** Writes what was applied since the last time. Blocks for as long as NetBox takes. */
    void flush() {
        List<Waiting> turn = taken();
        if (turn.isEmpty()) {
            return;
        }
        try {
            List<MirrorOutcome> outcomes =
                    writer.write(turn.stream().map(Waiting::plan).toList());
            for (int index = 0; index < turn.size(); index++) {
                turn.get(index).told().complete(outcomes.get(index));
            }
        } catch (RuntimeException failed) {
            turn.forEach(one -> one.told().completeExceptionally(failed));
        }
    }

    private synchronized List<Waiting> taken() {
        List<Waiting> turn = waiting;
        waiting = new ArrayList<>();
        return turn;
    }

    @Override
    public Verdict verify(MirrorOutcome applied) {
        MirrorPlan plan = applied.plan();
        applied.conflicts().forEach(conflict -> conflicts.found(found(plan.serviceId(), conflict)));
        meters.count(applied);
        if (applied.faults().isEmpty()) {
            conflicts.endedOfService(plan.serviceId(), ConflictFound.Kind.OBJECT_IN_THE_WAY);
            return new Verdict.Converged(summary(plan));
        }
        String sentence = String.join(" ", applied.faults());
        if (applied.away()) {
            gate.away(sentence);
            return new Verdict.Away(sentence);
        }
        return new Verdict.Failed(sentence, applied.worthRetrying());
    }

    private static String summary(MirrorPlan plan) {
        return plan.isNothing()
                ? "NetBox has what the ledger has."
                : "In NetBox: " + plan.creates().size() + " created, "
                        + plan.patches().size() + " changed, " + plan.deletes().size() + " deleted, and read back.";
    }

    private static ConflictFound found(long serviceId, MirrorOutcome.ObjectInTheWay conflict) {
        return new ConflictFound(
                ConflictFound.Kind.OBJECT_IN_THE_WAY,
                conflict.wanted().type(),
                conflict.netBoxId(),
                serviceId,
                null,
                conflict.wanted().key().text(),
                conflict.wanted().value(),
                conflict.netBoxValue(),
                conflict.reason());
    }
}
