package io.patchbay.commit;

import static io.patchbay.commit.CommitListener.Reason.CLOSED;
import static io.patchbay.commit.CommitListener.Reason.QUEUE_FULL;
import static io.patchbay.commit.CommitListener.Reason.REFUSED;
import static io.patchbay.commit.CommitListener.Reason.STORE_AWAY;
import static io.patchbay.commit.CommitListener.Reason.TOO_OLD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.patchbay.commit.CommitListener.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GroupCommitTest {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final FakeStore store = new FakeStore();
    private final AtomicBoolean loginsWaiting = new AtomicBoolean();
    private final Set<Integer> acknowledged = new ConcurrentSkipListSet<>();
    private final Map<Integer, Reason> told = new ConcurrentHashMap<>();
    private final Map<Integer, Exchange> exchanges = new ConcurrentHashMap<>();
    private GroupCommit<Item> commit = commit(1, 16, 32);

    @AfterEach
    void close() {
        store.release();
        commit.close();
    }

    @Test
    void nothingIsAcknowledgedBeforeItIsStored() {
        store.hold();
        offer(Item.first(1, 1));
        await().until(() -> store.attempts() == 1);
        assertThat(acknowledged).isEmpty();

        store.release();
        await().untilAsserted(() -> assertThat(acknowledged).containsExactly(1));
        assertThat(store.ids()).containsExactly(1);
        assertThat(exchanges.get(1).getMessage().getBody()).isInstanceOf(Item.class);
        assertThat(exchanges.get(1).isRouteStop()).isFalse();
    }

    @Test
    void whatComesWhileAGroupIsStoredIsTheNextGroup() {
        occupyTheWriter();
        IntStream.rangeClosed(1, 20).forEach(i -> offer(Item.first(i, 1)));
        store.release();

        await().until(() -> acknowledged.size() == 21);
        assertThat(store.groups()).extracting(List::size).containsExactly(1, 16, 4);
        assertThat(store.ids()).isSorted();
    }

    @Test
    void whatComesWithinAPaceIsStoredTogether() {
        commit.close();
        commit = commit(1, 16, Duration.ofMillis(100), 32);
        for (int i = 1; i <= 10; i++) {
            offer(Item.first(i, 1));
            LockSupport.parkNanos(1_000_000); // time enough for a group of its own, were there no pace
        }

        await().until(() -> acknowledged.size() == 10);
        assertThat(store.groups()).hasSize(2);
    }

    @Test
    void firstGoesBeforeLaterButLaterHasAnEighthOfEachGroup() {
        occupyTheWriter();
        IntStream.rangeClosed(101, 106).forEach(i -> offer(Item.later(i, 1)));
        IntStream.rangeClosed(1, 18).forEach(i -> offer(Item.first(i, 2)));
        store.release();

        await().until(() -> acknowledged.size() == 25);
        assertThat(idsOfGroup(1)).hasSize(16).contains(1, 14, 101, 102).doesNotContain(15, 103);
        assertThat(idsOfGroup(2)).containsExactlyInAnyOrder(15, 16, 17, 18, 103, 104, 105, 106);
    }

    @Test
    void whileLoginsWaitLaterComesInSmallShares() {
        occupyTheWriter();
        loginsWaiting.set(true);
        IntStream.rangeClosed(101, 105).forEach(i -> offer(Item.later(i, 1)));
        offer(Item.first(1, 2));
        store.release();

        await().until(() -> acknowledged.size() == 7);
        assertThat(store.groups()).extracting(List::size).containsExactly(1, 3, 2, 1);
        assertThat(idsOfGroup(1)).containsExactly(1, 101, 102);
    }

    @Test
    void firstDoesNotWaitForTheNextShareOfLater() {
        loginsWaiting.set(true);
        IntStream.rangeClosed(101, 130).forEach(i -> offer(Item.later(i, 1)));
        await().until(() -> !store.groups().isEmpty());
        offer(Item.first(1, 1));

        await().until(() -> acknowledged.contains(1));
        assertThat(acknowledged).hasSizeLessThan(31);
        loginsWaiting.set(false);
        await().until(() -> acknowledged.size() == 31);
    }

    @Test
    void whatIsOlderThanItsSendersPatienceIsShed() {
        occupyTheWriter();
        offer(Item.first(1, 1).receivedAt(System.nanoTime() - PATIENCE.toNanos() - 1));
        offer(Item.first(2, 1));
        store.release();

        await().until(() -> acknowledged.contains(2) && told.containsKey(1));
        assertThat(told).isEqualTo(Map.of(1, TOO_OLD));
        assertNoReply(1);
        assertThat(store.ids()).containsExactly(0, 2);
    }

    @Test
    void aFullQueueTellsWhomItHasNoPlaceFor() {
        occupyTheWriter();
        IntStream.rangeClosed(1, 32).forEach(i -> offer(Item.later(i, 1)));
        offer(Item.later(33, 1));
        assertThat(told).isEqualTo(Map.of(33, QUEUE_FULL));
        assertNoReply(33);

        offer(Item.first(34, 1));
        assertThat(told).isEqualTo(Map.of(33, QUEUE_FULL, 32, QUEUE_FULL));
        store.release();
        await().until(() -> acknowledged.size() == 33);
        assertThat(store.ids()).doesNotContain(32, 33);
    }

    @Test
    void whatCannotBeStoredDoesNotKeepOthersFromIt() {
        store.judge(group -> {
            if (group.stream().anyMatch(item -> item.id() == 5 || item.id() == 11)) {
                throw new IllegalStateException("value too long");
            }
        });
        occupyTheWriter();
        IntStream.rangeClosed(1, 16).forEach(i -> offer(Item.first(i, 1)));
        store.release();

        await().until(() -> acknowledged.size() == 15 && told.size() == 2);
        assertThat(told).isEqualTo(Map.of(5, REFUSED, 11, REFUSED));
        assertThat(store.ids()).doesNotContain(5, 11).isSorted();
        assertNoReply(5);
    }

    @Test
    void whileTheStoreIsAwayNothingIsAcknowledged() {
        store.away();
        offer(Item.first(1, 1));
        await().until(() -> told.containsKey(1));
        assertThat(told).isEqualTo(Map.of(1, STORE_AWAY));
        assertNoReply(1);

        store.back();
        offer(Item.first(2, 1));
        await().until(() -> acknowledged.contains(2));
    }

    @Test
    void oneKeyIsStoredInItsOrderHoweverManyWritersThereAre() {
        commit.close();
        commit = commit(4, 8, 40_000);
        IntStream.range(0, 20_000)
                .forEach(i -> offer(Item.first(i, 7).withKey(i % 50).receivedAt(System.nanoTime())));

        await().atMost(30, TimeUnit.SECONDS).until(() -> acknowledged.size() == 20_000);
        Map<Long, List<Integer>> byKey = new TreeMap<>();
        store.groups().stream().flatMap(List::stream).forEach(item -> byKey.computeIfAbsent(
                        item.orderKey(), key -> new ArrayList<>())
                .add(item.id()));
        assertThat(byKey).hasSize(50);
        assertThat(byKey.values()).allSatisfy(ids -> assertThat(ids).isSorted());
    }

    @Test
    void keysSpreadOverTheWritersEvenWhenTheyAreRegular() {
        commit.close();
        commit = commit(2, 8, 64);
        store.hold();
        IntStream.range(0, 16).forEach(i -> offer(Item.first(i, i).withKey(i * 2L)));

        await("both writers have something to store").until(() -> store.attempts() == 2);
    }

    @Test
    void closingStoresWhatWaitsAndTakesNothingMore() {
        occupyTheWriter();
        IntStream.rangeClosed(1, 20).forEach(i -> offer(Item.later(i, 1)));
        store.release();
        commit.close();

        assertThat(acknowledged).hasSize(21);
        offer(Item.first(21, 1));
        assertThat(told).isEqualTo(Map.of(21, CLOSED));
        assertNoReply(21);
    }

    @Test
    void itStartsAgainAfterItWasClosed() {
        commit.close();
        commit.start();
        offer(Item.first(1, 1));

        await().until(() -> acknowledged.contains(1));
    }

    @Test
    void stoppingTheRouteStopsNoWriter() {
        commit.stop();
        offer(Item.first(1, 1));

        await().until(() -> acknowledged.contains(1));
    }

    @Test
    void aRouteThatFailsAfterwardsHarmsNobodyElse() {
        Exchange exchange = new DefaultExchange(camel);
        exchange.getMessage().setBody(Item.first(1, 1));
        commit.process(exchange, synchronously -> {
            throw new IllegalStateException("the encoder failed");
        });
        offer(Item.first(2, 1));

        await().until(() -> acknowledged.contains(2));
    }

    @Test
    void anotherBodyIsAnErrorOfTheRoute() {
        Exchange exchange = new DefaultExchange(camel);
        exchange.getMessage().setBody("text");

        assertThat(commit.process(exchange, synchronously -> {})).isTrue();
        assertThat(exchange.getException()).hasMessage("The step commit takes a Item, not java.lang.String");
    }

    @Test
    void whatItDoesIsCounted() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        CommitMeters.register(commit, registry);
        occupyTheWriter();
        IntStream.rangeClosed(1, 3).forEach(i -> offer(Item.first(i, 1)));
        offer(Item.first(4, 1).receivedAt(System.nanoTime() - PATIENCE.toNanos() - 1));
        assertThat(registry.get("patchbay.commit.waiting").gauge().value()).isEqualTo(4);
        store.release();

        await().untilAsserted(() -> assertThat(registry.get("patchbay.commit.committed")
                        .functionCounter()
                        .count())
                .isEqualTo(4));
        assertThat(registry.get("patchbay.commit.group").functionTimer().count())
                .isEqualTo(2);
        assertThat(registry.get("patchbay.commit.not.committed")
                        .tag("reason", "too-old")
                        .functionCounter()
                        .count())
                .isEqualTo(1);
    }

    private GroupCommit<Item> commit(int writers, int groupSize, int queue) {
        return commit(writers, groupSize, Duration.ZERO, queue);
    }

    private GroupCommit<Item> commit(int writers, int groupSize, Duration pace, int queue) {
        CommitSettings settings = new CommitSettings("test", writers, groupSize, pace, queue, PATIENCE);
        GroupCommit<Item> made = new GroupCommit<>(
                settings, Item.class, store, loginsWaiting::get, (item, reason) -> told.put(item.id(), reason));
        made.start();
        return made;
    }

    /** With item 0, so that what is offered next waits. */
    private void occupyTheWriter() {
        store.hold();
        offer(Item.first(0, 99));
        await().until(() -> store.attempts() == 1);
    }

    private void offer(Item item) {
        Exchange exchange = new DefaultExchange(camel);
        exchange.getMessage().setBody(item);
        exchanges.put(item.id(), exchange);
        commit.process(exchange, synchronously -> {
            if (!exchange.isRouteStop()) {
                acknowledged.add(item.id());
            }
        });
    }

    private List<Integer> idsOfGroup(int index) {
        return store.groups().get(index).stream().map(Item::id).toList();
    }

    private void assertNoReply(int id) {
        assertThat(exchanges.get(id).isRouteStop()).isTrue();
        assertThat(exchanges.get(id).getMessage().getBody()).isNull();
        assertThat(acknowledged).doesNotContain(id);
    }
}
