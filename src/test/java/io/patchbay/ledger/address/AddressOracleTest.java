package io.patchbay.ledger.address;

import static io.patchbay.ledger.address.AddressFixture.ACTOR;
import static io.patchbay.ledger.address.AddressKind.IPV4_ADDRESS;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.ledger.LedgerConflict;
import io.patchbay.ledger.LedgerException;
import io.patchbay.ledger.LedgerNotFound;
import io.patchbay.ledger.PoolExhausted;
import io.patchbay.wire.IpPrefix;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Anything done to a pool in any order, beside a simple oracle that keeps where each address is: assignments, who gets the same
 * again, refusals and history are as the oracle says.
 */
class AddressOracleTest {
    private static final int STEPS = 250;

    /** Where each address is: free ones stand in no map. */
    private final Map<String, Long> assigned = new TreeMap<>();

    private final Map<String, Long> coolingDown = new TreeMap<>();
    private final Map<String, Long> reservations = new TreeMap<>();
    private final TreeSet<String> space = new TreeSet<>();
    private final Map<Long, List<String>> history = new HashMap<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 20_261_123, 987_654_321})
    void isAsTheOracleSays(long seed) {
        Random random = new Random(seed);
        try (AddressFixture world = new AddressFixture()) {
            AddressPool pool = world.pool(IPV4_ADDRESS, 32, Duration.ofHours(1));
            long[] services = world.services(12);
            int blocks = addBlock(world, pool, 0);
            for (int step = 0; step < STEPS; step++) {
                long service = services[random.nextInt(services.length)];
                long other = services[random.nextInt(services.length)];
                String address = address(random, blocks);
                switch (random.nextInt(10)) {
                    case 0, 1, 2 -> assignNext(world, pool, service);
                    case 3 -> assignChosen(world, service, address);
                    case 4, 5 -> release(world, service);
                    case 6 -> move(world, service, other);
                    case 7 -> reserve(world, pool, service, address);
                    case 8 -> pass(world);
                    default -> blocks = blocks < 4 && random.nextInt(10) == 0 ? addBlock(world, pool, blocks) : blocks;
                }
                assertThat(now(world)).isEqualTo(assigned);
                assertThat(space.size())
                        .isEqualTo(world.space.usages().of(pool.id()).total().intValue());
                assertThat(world.space.usages().of(pool.id()).free().intValue())
                        .isEqualTo(space.size() - assigned.size() - coolingDown.size() - reservations.size());
            }
            AddressWhole.assertWhole(world.jdbc, pool);
            for (long service : services) {
                assertThat(world.jdbc.queryForList(
                                "select host(prefix) from address_history where service_id = ? order by id",
                                String.class,
                                service))
                        .isEqualTo(history.getOrDefault(service, List.of()));
            }
        }
    }

    private void assignNext(AddressFixture world, AddressPool pool, long service) {
        String has = of(assigned, service);
        List<String> kept = has != null ? List.of(has) : kept(service);
        try {
            String given = host(world.assign(service, pool));
            if (!kept.isEmpty()) {
                assertThat(kept).contains(given);
            } else {
                assertThat(isFree(given)).as(given).isTrue();
            }
            take(service, given);
        } catch (PoolExhausted none) {
            assertThat(kept).isEmpty();
            assertThat(assigned.size() + coolingDown.size() + reservations.size())
                    .isEqualTo(space.size());
        }
    }

    private void assignChosen(AddressFixture world, long service, String address) {
        String has = of(assigned, service);
        boolean isPossible = has != null
                ? has.equals(address)
                : isFree(address) || kept(service).contains(address);
        try {
            world.choose(service, IPV4_ADDRESS, address);
            assertThat(isPossible).as(address).isTrue();
            take(service, address);
        } catch (LedgerConflict refused) {
            assertThat(isPossible).as(refused.getMessage()).isFalse();
        }
    }

    private void release(AddressFixture world, long service) {
        String has = of(assigned, service);
        try {
            world.release(service, IPV4_ADDRESS);
            assertThat(has).isNotNull();
            assigned.remove(has);
            coolingDown.put(has, service);
            history.computeIfAbsent(service, id -> new ArrayList<>()).add(has);
        } catch (LedgerNotFound none) {
            assertThat(has).isNull();
        }
    }

    private void move(AddressFixture world, long from, long to) {
        String has = of(assigned, from);
        boolean isPossible = has != null && from != to && of(assigned, to) == null;
        try {
            world.space.assignments().move(from, to, IPV4_ADDRESS, null, ACTOR);
            assertThat(isPossible).isTrue();
            assigned.put(has, to);
            history.computeIfAbsent(from, id -> new ArrayList<>()).add(has);
        } catch (LedgerException refused) {
            assertThat(isPossible).as(refused.getMessage()).isFalse();
        }
    }

    private void reserve(AddressFixture world, AddressPool pool, long service, String address) {
        try {
            world.space
                    .reservations()
                    .reserve(
                            new Reservations.Wish(pool.id(), IpPrefix.parse(address), null, service, null, null),
                            ACTOR);
            assertThat(isFree(address)).isTrue();
            reservations.put(address, service);
        } catch (LedgerConflict refused) {
            assertThat(isFree(address)).isFalse();
        }
    }

    private void pass(AddressFixture world) {
        world.timePasses();
        assertThat(world.space.sweeps().releaseDue()).isEqualTo(coolingDown.size());
        coolingDown.clear();
    }

    private int addBlock(AddressFixture world, AddressPool pool, int number) {
        world.block(pool, "10.0." + number + ".0/29");
        for (int last = 0; last < 8; last++) {
            space.add("10.0." + number + "." + last);
        }
        return number + 1;
    }

    private void take(long service, String address) {
        coolingDown.remove(address);
        reservations.remove(address);
        assigned.put(address, service);
    }

    private boolean isFree(String address) {
        return space.contains(address)
                && !assigned.containsKey(address)
                && !coolingDown.containsKey(address)
                && !reservations.containsKey(address);
    }

    /** What it gets again: a reservation before what cools down. */
    private List<String> kept(long service) {
        List<String> all = new ArrayList<>();
        reservations.forEach((address, whose) -> addIf(all, address, whose == service));
        coolingDown.forEach((address, whose) -> addIf(all, address, whose == service));
        return all;
    }

    private static void addIf(List<String> all, String address, boolean condition) {
        if (condition) {
            all.add(address);
        }
    }

    private static String of(Map<String, Long> map, long service) {
        return map.entrySet().stream()
                .filter(entry -> entry.getValue() == service)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    private static String host(String prefix) {
        return prefix.substring(0, prefix.indexOf('/'));
    }

    private static String address(Random random, int blocks) {
        return "10.0." + random.nextInt(blocks) + "." + random.nextInt(8);
    }

    private static Map<String, Long> now(AddressFixture world) {
        Map<String, Long> now = new TreeMap<>();
        world.jdbc.query("select host(prefix), service_id from service_prefix", row -> {
            now.put(row.getString(1), row.getLong(2));
        });
        return now;
    }
}
