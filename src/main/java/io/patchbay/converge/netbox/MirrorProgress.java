package io.patchbay.converge.netbox;

import io.patchbay.converge.netbox.MirrorOutcome.ObjectInTheWay;
import io.patchbay.netbox.NetBoxOutcome;
import java.util.ArrayList;
import java.util.List;

/** What has become of one plan so far. */
final class MirrorProgress {
    private final MirrorPlan plan;
    private final List<String> faults = new ArrayList<>();
    private final List<ObjectInTheWay> conflicts = new ArrayList<>();
    private boolean away;
    private boolean worthRetrying = true;

    MirrorProgress(MirrorPlan plan) {
        this.plan = plan;
        if (plan.fault() != null) {
            faults.add(plan.fault().reason());
            away = plan.fault().away();
        }
    }

    MirrorPlan plan() {
        return plan;
    }

    boolean isFaulty() {
        return !faults.isEmpty();
    }

    /** @param doing what was tried, as the beginning of a sentence */
    void fault(String doing, NetBoxOutcome<?> outcome) {
        faults.add(doing + ": " + outcome.reason());
        away |= MirrorObserver.isAway(outcome);
    }

    void again(String sentence) {
        faults.add(sentence);
    }

    void held(String sentence) {
        faults.add(sentence);
        worthRetrying = false;
    }

    void conflict(ObjectInTheWay conflict) {
        faults.add(conflict.reason());
        conflicts.add(conflict);
        worthRetrying = false;
    }

    MirrorOutcome outcome() {
        return new MirrorOutcome(plan, List.copyOf(faults), List.copyOf(conflicts), away, worthRetrying);
    }
}
