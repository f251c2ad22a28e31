package io.patchbay.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.patchbay.commit.CommitListener.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JournaledStoreTest {
    private static final JournalSettings SETTINGS = new JournalSettings(64 * 1024, 0, 4 * 1024);

    private final FakeFiles files = new FakeFiles();
    private final FakeStore beneath = new FakeStore();
    private JournaledStore<Item> store;

    @AfterEach
    void close() {
        beneath.release();
        if (store != null) {
            store.close();
        }
    }

    @Test
    void whileTheStoreIsThereNothingIsJournaled() throws IOException {
        open();
        store.store(items(1, 2));

        assertThat(beneath.ids()).containsExactly(1, 2);
        assertThat(files.operations()).isZero();
        assertThat(store.trouble()).isNull();
    }

    @Test
    void whileTheStoreIsAwayGroupsAreJournaledAndStoredInOrderWhenItIsBack() throws IOException {
        open();
        beneath.away();
        store.store(items(1, 2));
        store.store(items(3));
        assertThat(store.isJournaling()).isTrue();
        assertThat(store.entries()).isEqualTo(3);
        assertThat(store.trouble()).startsWith("The store is away or catching up; 3 records for test");

        beneath.back();
        store.store(items(4));
        await().until(() -> !store.isJournaling());
        assertThat(beneath.ids()).containsExactly(1, 2, 3, 4);
        store.store(items(5));
        assertThat(beneath.ids()).containsExactly(1, 2, 3, 4, 5);
        assertThat(files.list()).isEmpty();
        assertThat(store.trouble()).isNull();
    }

    @Test
    void anEarlierRunsJournalIsStoredBeforeWhatIsNew() throws IOException {
        open();
        beneath.away();
        store.store(items(1, 2, 3));
        store.close();
        beneath.back();
        beneath.hold();

        open();
        store.store(items(4));
        beneath.release();
        await().until(() -> !store.isJournaling());
        assertThat(beneath.ids()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void whatWasJournaledSurvivesAPowerCut() throws IOException {
        open();
        beneath.away();
        store.store(items(1, 2, 3));
        FakeFiles afterwards = files.afterPowerCut(0, false);
        store.close();
        beneath.back();

        store = JournaledStore.open(beneath, "test", afterwards, SETTINGS, 8);
        await().until(() -> !store.isJournaling());
        assertThat(beneath.ids()).containsExactly(1, 2, 3);
    }

    @Test
    void aFullJournalAcknowledgesNothingAndRecoversByItself() throws IOException {
        open();
        beneath.away();
        store.store(items(0));
        files.capacity(0);
        assertThatThrownBy(() -> store.store(items(1)))
                .isInstanceOfSatisfying(NotCommittedException.class, not -> assertThat(not.reason())
                        .isEqualTo(Reason.JOURNAL_FULL));
        assertThat(store.isRefusing()).isTrue();
        assertThat(store.trouble()).startsWith("Nothing that comes for test is acknowledged");

        files.capacity(1 << 20);
        store.store(items(2));
        assertThat(store.isRefusing()).isFalse();
        beneath.back();
        await().until(() -> !store.isJournaling());
        assertThat(beneath.ids()).containsExactly(0, 2);
    }

    @Test
    void aFailedForceIsNotAcknowledgedAndTheNextGroupIs() throws IOException {
        files.failingForce(number -> number == 1);
        open();
        beneath.away();
        store.store(items(1));
        assertThatThrownBy(() -> store.store(items(2)))
                .isInstanceOfSatisfying(NotCommittedException.class, not -> assertThat(not.reason())
                        .isEqualTo(Reason.JOURNAL_FAILED));
        store.store(items(3));

        beneath.back();
        await().until(() -> !store.isJournaling());
        assertThat(beneath.ids()).containsExactly(1, 3);
    }

    @Test
    void withNoDiskAtAllTheStoreIsStillTried() throws IOException {
        files.failing(operation -> true);
        open();
        beneath.away();
        assertThatThrownBy(() -> store.store(items(1))).isInstanceOf(NotCommittedException.class);
        beneath.back();
        store.store(items(2));

        assertThat(beneath.ids()).containsExactly(2);
        assertThat(store.trouble()).isNull();
    }

    @Test
    void whatTheStoreRefusesLaterIsKept() throws IOException {
        open();
        beneath.away();
        store.store(items(1, 2, 3));
        beneath.judge(group -> {
            if (group.stream().anyMatch(item -> item.id() == 2)) {
                throw new IllegalStateException("value too long");
            }
        });

        await().until(() -> !store.isJournaling());
        assertThat(beneath.ids()).containsExactly(1, 3);
        assertThat(files.list()).containsExactly("0000000000000001.journal.kept");
        assertThat(store.trouble()).startsWith("1 files in the fake disk (*.kept) hold acknowledged records");
    }

    @Test
    void aDamagedEntryCostsNoOtherAndIsKept() throws IOException {
        open();
        beneath.away();
        store.store(items(1, 2, 3));
        files.damage("0000000000000001.journal", 8 + 8 + 2);
        beneath.back();

        await().until(() -> !store.isJournaling());
        assertThat(beneath.ids()).containsExactly(2, 3);
        assertThat(store.kept()).isEqualTo(1);
    }

    @Test
    void aStoreThatRefusesEverythingIsNotGivenTheJournalAtOnce() throws IOException {
        open();
        beneath.away();
        store.store(items(1, 2));
        int before = beneath.attempts();
        beneath.judge(group -> {
            throw new IllegalStateException("relation does not exist");
        });
        await().until(() -> beneath.attempts() >= before + 6);
        assertThat(store.entries()).isEqualTo(2);

        beneath.back();
        await().until(() -> !store.isJournaling());
        assertThat(beneath.ids()).containsExactly(1, 2);
        assertThat(store.kept()).isZero();
    }

    @Test
    void writersThatNeverPauseFindTheirWayBackToTheStore() throws Exception {
        open();
        beneath.away();
        Thread[] writers = new Thread[2];
        Set<Integer> stopAt = ConcurrentHashMap.newKeySet();
        for (int i = 0; i < writers.length; i++) {
            int writer = i;
            writers[i] = Thread.ofPlatform().start(() -> {
                int number = writer;
                while (stopAt.isEmpty()) {
                    try {
                        store.store(items(number));
                        number += writers.length;
                    } catch (NotCommittedException full) {
                        Thread.onSpinWait();
                    }
                }
            });
        }
        await().until(() -> store.entries() > 20);
        beneath.back();
        await().atMost(20, TimeUnit.SECONDS).until(() -> !store.isJournaling());
        stopAt.add(1);
        for (Thread writer : writers) {
            writer.join();
        }

        await().until(() -> !store.isJournaling());
        List<Integer> stored = beneath.ids();
        for (int i = 0; i < writers.length; i++) {
            int writer = i;
            List<Integer> own =
                    stored.stream().filter(id -> id % writers.length == writer).toList();
            assertThat(own)
                    .as("in this writer's order, none missing, none twice")
                    .isEqualTo(IntStream.range(0, own.size())
                            .map(number -> writer + number * writers.length)
                            .boxed()
                            .toList());
        }
    }

    @Test
    void aGroupThatComesBehindEachDrainedOneDoesNotKeepTheJournalOpen() throws IOException {
        open();
        beneath.away();
        store.store(items(1));
        AtomicInteger next = new AtomicInteger(1);
        beneath.judge(group -> {
            if (Thread.currentThread().getName().equals("journal-test")) {
                Thread behind = Thread.ofPlatform().start(() -> store.store(items(next.incrementAndGet())));
                joinForAWhile(behind);
            }
        });

        await().atMost(10, TimeUnit.SECONDS).until(() -> !store.isJournaling());
        await().until(() -> beneath.ids().size() == next.get());
        assertThat(beneath.ids()).isSorted();
    }

    private static void joinForAWhile(Thread thread) {
        try {
            thread.join(50);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void beneathAGroupCommitAnOutageIsNotSeenBySenders() throws IOException {
        open();
        DefaultCamelContext camel = new DefaultCamelContext();
        Set<Integer> acknowledged = ConcurrentHashMap.newKeySet();
        CommitSettings settings = new CommitSettings("test", 2, 8, Duration.ZERO, 1000, Duration.ofSeconds(30));
        try (GroupCommit<Item> commit =
                new GroupCommit<>(settings, Item.class, store, () -> false, (item, reason) -> {})) {
            commit.start();
            for (int i = 0; i < 300; i++) {
                if (i == 100) {
                    beneath.away();
                } else if (i == 200) {
                    await().until(() -> acknowledged.size() == 200);
                    beneath.back();
                }
                Item item = Item.first(i, 1).withKey(i % 7);
                Exchange exchange = new DefaultExchange(camel);
                exchange.getMessage().setBody(item);
                commit.process(exchange, synchronously -> {
                    if (!exchange.isRouteStop()) {
                        acknowledged.add(item.id());
                    }
                });
            }
            await().until(() -> acknowledged.size() == 300);
            await().until(() -> !store.isJournaling());
        }
        assertThat(beneath.ids()).hasSize(300);
        for (int key = 0; key < 7; key++) {
            int each = key;
            assertThat(beneath.ids().stream().filter(id -> id % 7 == each)).isSorted();
        }
    }

    @Test
    void metricsTellTheJournalsState() throws IOException {
        open();
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        CommitMeters.register(store, registry);
        assertThat(gauge(registry, "state")).isZero();

        beneath.away();
        store.store(items(1, 2));
        assertThat(gauge(registry, "state")).isEqualTo(1);
        assertThat(gauge(registry, "entries")).isEqualTo(2);
        assertThat(gauge(registry, "bytes")).isGreaterThan(20);
        files.capacity(0);
        assertThatThrownBy(() -> store.store(items(3))).isInstanceOf(NotCommittedException.class);
        assertThat(gauge(registry, "state")).isEqualTo(2);
    }

    private static double gauge(SimpleMeterRegistry registry, String name) {
        return registry.get("patchbay.commit.journal." + name)
                .tag("queue", "test")
                .gauge()
                .value();
    }

    private void open() throws IOException {
        store = JournaledStore.open(beneath, "test", files, SETTINGS, 8);
    }

    private static List<Item> items(int... ids) {
        List<Item> items = new ArrayList<>();
        for (int id : ids) {
            items.add(Item.first(id, 1));
        }
        return items;
    }
}
