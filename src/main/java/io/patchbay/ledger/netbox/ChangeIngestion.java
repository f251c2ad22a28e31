package io.patchbay.ledger.netbox;

import io.micrometer.core.instrument.MeterRegistry;
import io.patchbay.database.DatabaseAway;
import io.patchbay.ledger.netbox.ChangeInbox.Hint;
import io.patchbay.netbox.ObjectType;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at what was changed in NetBox, one object after the other, and makes of it what its pool's authority says. One that cannot
 * be dealt with waits, and stops nobody else.
 */
public final class ChangeIngestion {
    static final Set<ObjectType> CONCERNED = Set.of(ObjectType.IP_ADDRESS, ObjectType.PREFIX, ObjectType.VLAN);

    private static final Logger LOG = LoggerFactory.getLogger(ChangeIngestion.class);
    private static final int BATCH = 200;
    private static final Duration FIRST_WAIT = Duration.ofSeconds(10);
    private static final int LONGEST_DOUBLING = 8;

    private final ChangeInbox inbox;
    private final ChangedObjects objects;
    private final MeterRegistry meters;

    ChangeIngestion(ChangeInbox inbox, ChangedObjects objects, MeterRegistry meters) {
        this.inbox = inbox;
        this.objects = objects;
        this.meters = meters;
    }

    /** What became of a changed object. */
    enum Taken {
        /** Its value is in the ledger now. */
        ENTERED,
        /** The mirror compares it. */
        REPAIRED,
        /** A person must decide. */
        CONFLICT,
        /** Somebody else's, in a block of ours: it is held, or held no more. */
        HELD,
        /** A block came or went. */
        BLOCK,
        /** As it should be, or of no concern. */
        NOTHING,
        /** NetBox cannot be asked. */
        AWAY
    }

    /** Looks at all that is due. @return how many objects were dealt with */
    public int drain() {
        int taken = 0;
        List<Hint> due = inbox.due(BATCH);
        while (!due.isEmpty()) {
            for (Hint hint : due) {
                Taken outcome = look(hint);
                if (outcome == Taken.AWAY) {
                    return taken;
                }
                taken++;
            }
            due = inbox.due(BATCH);
        }
        return taken;
    }

    private Taken look(Hint hint) {
        try {
            Taken outcome = objects.reconcile(hint);
            if (outcome == Taken.AWAY) {
                return outcome;
            }
            meters.counter("patchbay.netbox.changes", "outcome", TypeWords.lower(outcome))
                    .increment();
            inbox.done(hint);
            return outcome;
        } catch (RuntimeException failed) {
            if (DatabaseAway.explains(failed)) {
                throw failed;
            }
            meters.counter("patchbay.netbox.changes", "outcome", "failed").increment();
            LOG.warn(
                    "{} {} of NetBox could not be taken; it is tried again",
                    hint.type().model(),
                    hint.netBoxId(),
                    failed);
            inbox.again(
                    hint,
                    FIRST_WAIT.multipliedBy(1L << Math.min(hint.attempts(), LONGEST_DOUBLING)),
                    String.valueOf(failed.getMessage()));
            return Taken.NOTHING;
        }
    }
}
