package io.patchbay.ledger.vlan;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.database.TestDatabase;
import io.patchbay.ledger.PoolExhausted;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many at once: all that is there is given, each once, and not one more. */
class VlanContentionTest {
    private static final int THREADS = 64;

    private final VlanFixture vlans = new VlanFixture(TestDatabase.fresh());
    private final Set<String> given = ConcurrentHashMap.newKeySet();
    private final AtomicInteger exhausted = new AtomicInteger();

    @Test
    void ofAPoolOfExactlySoManyPairsEachIsGivenOnce() throws Exception {
        long pool = vlans.dedicated("pairs", new VlanSpan(100, 104, 1, 50));
        List<Long> services = services(300);
        all(services, service -> bind(service, pool));
        assertThat(given).hasSize(250);
        assertThat(exhausted).hasValue(50);
        assertThat(VlanTruth.keptRuns(vlans.jdbc)).isEmpty();

        all(services, service -> vlans.bindings.release(service, VlanFixture.ACTOR));
        assertThat(VlanTruth.keptRuns(vlans.jdbc))
                .isEqualTo(VlanTruth.read(vlans.jdbc).freeRuns())
                .hasSize(5);
    }

    @Test
    void ofASharedPoolEachPlaceIsGivenOnce() throws Exception {
        long pool = vlans.shared("lines", 20, VlanSpan.single(200, 204));
        all(services(120), service -> bind(service, pool));
        assertThat(exhausted).hasValue(20);
        assertThat(vlans.jdbc.queryForList(
                        "select count(*) from service_vlan group by s_vlan order by s_vlan", Integer.class))
                .containsExactly(20, 20, 20, 20, 20);
    }

    /** Choosers, movers and plain SQL among those who take the next: whatever becomes of them, what is kept is the truth. */
    @Test
    void whateverIsDoneAtOnceTheKeptIsTheTruth() throws Exception {
        long one = vlans.dedicated("one", new VlanSpan(100, 101, 1, 40));
        long other = vlans.dedicated("other", new VlanSpan(102, 103, 1, 40));
        AtomicInteger broken = new AtomicInteger();
        all(services(150), service -> {
            try {
                switch ((int) (service % 5)) {
                    case 0 -> vlans.choose(service, 100 + (int) (service % 3), 1 + (int) (service % 40));
                    case 1 ->
                        vlans.jdbc.update(
                                "insert into service_vlan (service_id, vlan_domain_id, model, s_vlan, c_vlan)"
                                        + " values (?, 1, 'dedicated', 101, ?)",
                                service,
                                1 + service % 40);
                    case 2 -> {
                        bind(service, one);
                        vlans.bindings.move(service, other, false, VlanFixture.ACTOR);
                    }
                    case 3 -> {
                        bind(service, other);
                        vlans.bindings.release(service, VlanFixture.ACTOR);
                    }
                    default -> bind(service, one);
                }
            } catch (RuntimeException refusedOrBrokenOff) {
                broken.incrementAndGet();
            }
        });
        VlanTruth truth = VlanTruth.read(vlans.jdbc);
        assertThat(truth.bound()).hasSizeGreaterThan(60);
        assertThat(broken.get()).isLessThan(90);
        assertThat(VlanTruth.keptRuns(vlans.jdbc)).isEqualTo(truth.freeRuns());
        assertThat(VlanTruth.keptUse(vlans.jdbc)).isEqualTo(truth.use());
        assertThat(VlanTruth.keptPools(vlans.jdbc)).isEqualTo(truth.pools());
    }

    private void bind(long service, long pool) {
        try {
            VlanBinding got = vlans.bindings.bind(service, VlanWish.nextOf(pool), VlanFixture.ACTOR);
            given.add(got.sVlan() + "." + got.cVlan());
        } catch (PoolExhausted none) {
            exhausted.incrementAndGet();
        }
    }

    private List<Long> services(int count) {
        return IntStream.range(0, count).mapToObj(i -> vlans.service("s" + i)).toList();
    }

    private interface Work {
        void on(long service);
    }

    private static void all(List<Long> services, Work work) throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Future<?>> running = new ArrayList<>();
            services.forEach(service -> running.add(threads.submit(() -> work.on(service))));
            for (Future<?> one : running) {
                one.get();
            }
        }
    }
}
