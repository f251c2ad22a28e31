package io.patchbay.ledger.netbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.event.Actor;
import io.patchbay.lab.NetBoxFault;
import io.patchbay.lab.NetBoxSimulator;
import io.patchbay.ledger.AuthorityAway;
import io.patchbay.ledger.LedgerConflict;
import io.patchbay.ledger.PoolExhausted;
import io.patchbay.ledger.address.AddressAuthority;
import io.patchbay.ledger.address.AddressClaim;
import io.patchbay.ledger.address.AddressKind;
import io.patchbay.ledger.address.AddressPool;
import io.patchbay.ledger.address.AddressSpace;
import io.patchbay.ledger.address.AddressWish;
import io.patchbay.netbox.Filters;
import io.patchbay.netbox.NetBoxFixture;
import io.patchbay.netbox.NetBoxObject;
import io.patchbay.netbox.ObjectType;
import io.patchbay.wire.IpPrefix;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * 64 clients take all that a pool has, of which NetBox gives each one; answers get lost after the write, and clients die between
 * NetBox's answer and the commit. Nobody gets what another has, and nothing is left taken in NetBox.
 */
class AuthorityStormTest {
    private static final int CLIENTS = 64;
    private static final Actor ACTOR = Actor.named("storm");

    /** Stands for the end of the process after NetBox has answered and before anything of it is committed. */
    private static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }

    private record Dying(AddressAuthority hub, AtomicInteger crashes) implements AddressAuthority {
        @Override
        public Allocation allocate(AddressPool pool, AddressClaim claim) {
            Allocation allocation = hub.allocate(pool, claim);
            if (ThreadLocalRandom.current().nextInt(20) == 0) {
                crashes.incrementAndGet();
                throw new Crash();
            }
            return allocation;
        }

        @Override
        public LettingGo withdraw(AddressPool pool, UUID key) {
            return hub.withdraw(pool, key);
        }

        @Override
        public LettingGo release(AddressPool pool, IpPrefix prefix) {
            return hub.release(pool, prefix);
        }
    }

    @Test
    void aPoolOf300() throws Exception {
        take("10.64.0.0/24", "10.64.1.0/27", "10.64.1.32/29", "10.64.1.40/30", 300);
    }

    @Test
    @Tag("long")
    void aPoolOf10000() throws Exception {
        // 8192 + 1024 + 512 + 256 + 16
        take(10_000, "10.64.0.0/19", "10.64.32.0/22", "10.64.36.0/23", "10.64.38.0/24", "10.64.39.0/28");
    }

    private void take(String one, String two, String three, String four, int size) throws Exception {
        take(size, one, two, three, four);
    }

    private void take(int size, String... blocks) throws Exception {
        try (NetBoxSimulator simulator = new NetBoxSimulator("4.6.8");
                NetBoxFixture client = new NetBoxFixture(
                        simulator.url(),
                        NetBoxSimulator.TOKEN,
                        Map.of("rate", "100000", "connections", "32", "response-timeout", "1s", "deadline", "4s"))) {
            client.netBox().prepare().orElseThrow();
            NetBoxLedger ledger = new NetBoxLedger();
            long pool = pool(ledger, client, blocks);
            long[] services = IntStream.range(0, size)
                    .mapToLong(index -> ledger.service())
                    .toArray();
            Random seeded = new Random(4);
            simulator.always(NetBoxFault.of(NetBoxFault.Kind.RESET_AFTER, request -> {
                synchronized (seeded) {
                    return request.isAllocation() && seeded.nextInt(50) == 0;
                }
            }));
            simulator.always(NetBoxFault.of(NetBoxFault.Kind.LATE_ANSWER, Duration.ofMillis(1500), request -> {
                synchronized (seeded) {
                    return request.isAllocation() && seeded.nextInt(200) == 0;
                }
            }));
            AtomicInteger crashes = new AtomicInteger();
            AddressSpace space =
                    space(ledger, new Dying(new NetBoxAddressAuthority(client.netBox(), ledger.jdbc), crashes));

            run(services, service -> assign(ledger, space, service, pool));

            assertThat(crashes.get()).isPositive();
            assertThat(ledger.number("select count(distinct prefix) from service_prefix where pool_id = ?", pool))
                    .isEqualTo(size);
            assertThat(ledger.number("select count(distinct service_id) from service_prefix where pool_id = ?", pool))
                    .isEqualTo(size);
            assertThat(ledger.number("select count(*) from address_claim")).isZero();
            simulator.heal();
            assertNothingLeaked(client, ledger, size);

            long oneMore = ledger.service();
            AddressSpace restarted = space(ledger, new NetBoxAddressAuthority(client.netBox(), ledger.jdbc));
            assertThatThrownBy(() -> restarted
                            .assignments()
                            .assign(oneMore, AddressWish.nextOf(pool, AddressKind.IPV4_ADDRESS), ACTOR))
                    .isInstanceOf(PoolExhausted.class);
            assertThat(simulator.size(ObjectType.IP_ADDRESS)).isEqualTo(size);
        }
    }

    private static long pool(NetBoxLedger ledger, NetBoxFixture client, String... blocks) {
        long pool = 0;
        for (String block : blocks) {
            long parent = client.netBox()
                    .create(ObjectType.PREFIX, NetBoxFixture.fields("prefix", block, "is_pool", true))
                    .orElseThrow()
                    .id();
            if (pool == 0) {
                pool = ledger.pool("storm", "ipv4-address", "netbox", "default", block, parent);
            } else {
                ledger.block(pool, block, parent);
            }
        }
        return pool;
    }

    private static AddressSpace space(NetBoxLedger ledger, AddressAuthority authority) {
        return AddressSpace.over(
                ledger.database,
                ledger.jdbc,
                ledger.transaction,
                ledger.events,
                List::of,
                authority,
                InstantSource.system(),
                () -> true);
    }

    /** Until it has one: after a crash it asks again, as a client that got no answer does. */
    private static void assign(NetBoxLedger ledger, AddressSpace space, long service, long pool) {
        while (true) {
            try {
                space.assignments().assign(service, AddressWish.nextOf(pool, AddressKind.IPV4_ADDRESS), ACTOR);
                return;
            } catch (Crash died) {
                // The lease of who died runs out; here nobody waits two minutes for it.
                ledger.jdbc.update(
                        "update address_claim set leased_until = clock_timestamp() - interval '1 second' where service_id = ?",
                        service);
            } catch (AuthorityAway | LedgerConflict again) {
                Thread.onSpinWait();
            }
        }
    }

    private interface Work {
        void of(long service);
    }

    private static void run(long[] services, Work work) throws Exception {
        AtomicInteger next = new AtomicInteger();
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            List<Future<?>> running = IntStream.range(0, CLIENTS)
                    .<Future<?>>mapToObj(client -> clients.submit(() -> {
                        for (int index = next.getAndIncrement();
                                index < services.length;
                                index = next.getAndIncrement()) {
                            work.of(services[index]);
                        }
                    }))
                    .toList();
            for (Future<?> one : running) {
                one.get();
            }
        }
    }

    /** Every object in NetBox belongs to an assignment, and every assignment has one. */
    private static void assertNothingLeaked(NetBoxFixture client, NetBoxLedger ledger, int size) {
        Set<String> taken = new HashSet<>();
        client.netBox()
                .find(ObjectType.IP_ADDRESS, Filters.none(), object -> taken.add(owner(object)))
                .orElseThrow();
        Set<String> assigned = new HashSet<>(new JdbcTemplate(ledger.database)
                .queryForList("select text(prefix) || ' of ' || service_id from service_prefix", String.class));
        assertThat(taken).hasSize(size).isEqualTo(assigned);
    }

    private static String owner(NetBoxObject object) {
        return object.text("address") + " of " + object.custom("patchbay_service");
    }
}
