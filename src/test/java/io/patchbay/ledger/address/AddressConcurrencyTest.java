package io.patchbay.ledger.address;

import static io.patchbay.ledger.address.AddressFixture.ACTOR;
import static io.patchbay.ledger.address.AddressKind.IPV4_ADDRESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.ledger.LedgerException;
import io.patchbay.ledger.PoolExhausted;
import io.patchbay.wire.IpPrefix;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Many at once: everybody gets one of their own, nobody waits for ever, and the last one is told that there is no more. */
class AddressConcurrencyTest {
    private static final int THREADS = 64;

    private final AddressFixture world = new AddressFixture();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void sixtyFourAllocateAThousandWithRepeats() throws Exception {
        allocateAll("10.0.0.0/23", "10.0.2.0/24", "10.0.3.0/25", "10.0.3.128/26", "10.0.3.192/27", "10.0.3.224/29");
    }

    @Tag("long")
    @Test
    void sixtyFourAllocateTenThousandWithRepeats() throws Exception {
        allocateAll("10.0.0.0/19", "10.0.32.0/22", "10.0.36.0/23", "10.0.38.0/24", "10.0.39.0/28");
    }

    private void allocateAll(String... blocks) throws Exception {
        AddressPool pool = world.pool(IPV4_ADDRESS, 32, blocks);
        int size = IntStream.range(0, blocks.length)
                .map(i -> 1 << 32 - IpPrefix.parse(blocks[i]).length())
                .sum();
        long[] services = world.services(size);
        ConcurrentHashMap<Long, String> given = new ConcurrentHashMap<>();
        long start = System.nanoTime();
        inThreads(thread -> {
            Random random = new Random(thread);
            for (int i = thread; i < size; i += THREADS) {
                String first = world.assign(services[i], pool);
                given.put(services[i], first);
                if (random.nextInt(5) == 0) {
                    assertThat(world.assign(services[i], pool)).isEqualTo(first);
                }
            }
            return null;
        });
        System.out.printf("%,d by %d threads in %.1f s%n", size, THREADS, (System.nanoTime() - start) / 1e9);
        assertThat(new HashSet<>(given.values())).hasSize(size);
        assertThat(world.free()).isEmpty();
        assertThatThrownBy(() -> world.assign(world.service(), pool)).isInstanceOf(PoolExhausted.class);
        assertThat(world.jdbc.queryForObject(
                        "select count(distinct prefix) from service_prefix where pool_id = ?",
                        Integer.class,
                        pool.id()))
                .isEqualTo(size);
    }

    @Test
    void fewAreLeftAndManyWantThem() throws Exception {
        AddressPool pool = world.pool(IPV4_ADDRESS, 32, "10.0.0.0/28");
        long[] services = world.services(THREADS);
        Set<String> given = ConcurrentHashMap.newKeySet();
        Set<Long> refused = ConcurrentHashMap.newKeySet();
        inThreads(thread -> {
            try {
                given.add(world.assign(services[thread], pool));
            } catch (PoolExhausted none) {
                refused.add(services[thread]);
            }
            return null;
        });
        assertThat(given).hasSize(16);
        assertThat(refused).hasSize(THREADS - 16);
    }

    @Test
    void whoAssignsReleasesMovesAndSwapsAtOnceLeavesTheSpaceWhole() throws Exception {
        AddressPool pool = world.pool(IPV4_ADDRESS, 32, Duration.ofHours(1), "10.0.0.0/26");
        long[] services = world.services(40);
        inThreads(thread -> {
            Random random = new Random(thread);
            for (int step = 0; step < 15; step++) {
                act(random, pool, services);
            }
            return null;
        });
        AddressWhole.assertWhole(world.jdbc, pool);
    }

    private void act(Random random, AddressPool pool, long[] services) {
        long one = services[random.nextInt(services.length)];
        long other = services[random.nextInt(services.length)];
        AddressAssignments assignments = world.space.assignments();
        try {
            switch (random.nextInt(6)) {
                case 0 -> assignments.release(one, IPV4_ADDRESS, null, ACTOR);
                case 1 -> assignments.move(one, other, IPV4_ADDRESS, null, ACTOR);
                case 2 -> assignments.swap(one, other, IPV4_ADDRESS, ACTOR);
                case 3 -> {
                    world.timePasses();
                    world.space.sweeps().releaseDue();
                }
                default -> world.assign(one, pool);
            }
        } catch (LedgerException refused) {
            assertThat(refused).isNotNull();
        }
    }

    private interface Work {
        Void of(int thread) throws Exception;
    }

    private static void inThreads(Work work) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Callable<Void>> all = IntStream.range(0, THREADS)
                    .<Callable<Void>>mapToObj(thread -> () -> work.of(thread))
                    .toList();
            for (Future<Void> done : threads.invokeAll(all, 120, TimeUnit.SECONDS)) {
                done.get();
            }
        }
    }
}
