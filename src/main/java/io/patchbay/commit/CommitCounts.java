package io.patchbay.commit;

import io.patchbay.commit.CommitListener.Reason;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What a {@link GroupCommit} has done so far. */
final class CommitCounts {
    private final LongAdder committed = new LongAdder();
    private final LongAdder groups = new LongAdder();
    private final LongAdder nanos = new LongAdder();
    private final Map<Reason, LongAdder> notCommitted = new EnumMap<>(Reason.class);

    CommitCounts() {
        for (Reason reason : Reason.values()) {
            notCommitted.put(reason, new LongAdder());
        }
    }

    void committed(int items) {
        committed.add(items);
    }

    /** A group went to the store, whatever came of it. */
    void group(long tookNanos) {
        groups.increment();
        nanos.add(tookNanos);
    }

    void notCommitted(Reason reason) {
        notCommitted.get(reason).increment();
    }

    long committed() {
        return committed.sum();
    }

    long groups() {
        return groups.sum();
    }

    long nanos() {
        return nanos.sum();
    }

    long of(Reason reason) {
        return notCommitted.get(reason).sum();
    }
}
