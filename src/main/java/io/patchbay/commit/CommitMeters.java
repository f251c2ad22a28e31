package io.patchbay.commit;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.patchbay.commit.CommitListener.Reason;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Shows counts that are kept anyway as metrics, all with the tag {@code queue}: {@link CommitSettings#name}. */
public final class CommitMeters {
    private static final String QUEUE = "queue";

    private CommitMeters() {}

    public static void register(GroupCommit<?> commit, MeterRegistry registry) {
        CommitCounts counts = commit.counts();
        Gauge.builder("patchbay.commit.waiting", commit, GroupCommit::waiting)
                .description("Items that wait to be stored")
                .tag(QUEUE, commit.name())
                .register(registry);
        FunctionCounter.builder("patchbay.commit.committed", counts, CommitCounts::committed)
                .description(
                        "Items that were stored, or journaled, and then acknowledged; by groups: how large these are")
                .tag(QUEUE, commit.name())
                .register(registry);
        FunctionTimer.builder(
                        "patchbay.commit.group",
                        counts,
                        CommitCounts::groups,
                        CommitCounts::nanos,
                        TimeUnit.NANOSECONDS)
                .description("Groups, and how long storing them took")
                .tag(QUEUE, commit.name())
                .register(registry);
        for (Reason reason : Reason.values()) {
            FunctionCounter.builder("patchbay.commit.not.committed", counts, each -> each.of(reason))
                    .description("Items that were not stored and not acknowledged, by reason")
                    .tag(QUEUE, commit.name())
                    .tag("reason", reason.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                    .register(registry);
        }
    }

    public static void register(JournaledStore<?> store, MeterRegistry registry) {
        Gauge.builder("patchbay.commit.journal.bytes", store, JournaledStore::bytes)
                .description("Size of the journal on disk")
                .baseUnit("bytes")
                .tag(QUEUE, store.name())
                .register(registry);
        Gauge.builder("patchbay.commit.journal.entries", store, JournaledStore::entries)
                .description("Acknowledged items that are not in the store yet")
                .tag(QUEUE, store.name())
                .register(registry);
        Gauge.builder("patchbay.commit.journal.state", store, JournaledStore::state)
                .description("0: groups go to the store. 1: they go to the journal. 2: nothing is acknowledged")
                .tag(QUEUE, store.name())
                .register(registry);
        Gauge.builder("patchbay.commit.journal.kept", store, JournaledStore::kept)
                .description("Files with acknowledged items that could not be stored")
                .tag(QUEUE, store.name())
                .register(registry);
    }
}
