package io.patchbay.converge.netbox;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** What the mirror did. */
final class MirrorMeters {
    private final Counter created;
    private final Counter changed;
    private final Counter deleted;
    private final Counter conflicts;

    MirrorMeters(MeterRegistry meters) {
        created = counter(meters, "created");
        changed = counter(meters, "changed");
        deleted = counter(meters, "deleted");
        conflicts = Counter.builder("patchbay.netbox.conflicts")
                .description("Objects of others in NetBox that were in the way of the mirror")
                .register(meters);
    }

    void count(MirrorOutcome outcome) {
        conflicts.increment(outcome.conflicts().size());
        if (outcome.faults().isEmpty()) {
            created.increment(outcome.plan().creates().size());
            changed.increment(outcome.plan().patches().size());
            deleted.increment(outcome.plan().deletes().size());
        }
    }

    private static Counter counter(MeterRegistry meters, String what) {
        return Counter.builder("patchbay.netbox.mirrored")
                .description("Objects that the mirror wrote to NetBox and read back")
                .tag("what", what)
                .register(meters);
    }
}
