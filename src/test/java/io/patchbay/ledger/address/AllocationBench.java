package io.patchbay.ledger.address;

import io.patchbay.wire.IpPrefix;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * How long an assignment takes, by how full its pool is: a /10 of IPv4 addresses and a /29 of delegated /56es, at 1 % and at 99 %.
 * By hand: {@code java -cp target/classes:target/test-classes:... io.patchbay.ledger.address.AllocationBench 200000}. The argument
 * says how many assignments there are as rows beside; of the rest of what is taken, only the holes that it leaves are made.
 */
public final class AllocationBench {
    private static final int TIMED = 1_000;
    private static final int THREADS = 16;

    private AllocationBench() {}

    public static void main(String[] arguments) throws Exception {
        int rows = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
        for (int percent : new int[] {1, 99}) {
            run("10.0.0.0/10", AddressKind.IPV4_ADDRESS, 32, percent, rows);
        }
        for (int percent : new int[] {1, 99}) {
            run("2001:db8::/29", AddressKind.IPV6_DELEGATED_PREFIX, 56, percent, rows);
        }
    }

    private static void run(String block, AddressKind kind, int length, int percent, int rows) throws Exception {
        try (AddressFixture world = new AddressFixture()) {
            AddressPool pool = world.pool("bench", kind, length, Duration.ofHours(1), PoolAuthority.LOCAL);
            world.block(pool, block);
            long units = 1L << length - IpPrefix.parse(block).length();
            fill(world, pool, block, percent, units, rows);
            long free = world.jdbc.queryForObject("select count(*) from address_free", Long.class);
            long[] services = world.services(4 * TIMED);
            double[] millis = new double[TIMED];
            for (int i = 0; i < TIMED; i++) {
                long start = System.nanoTime();
                world.assign(services[i], pool);
                millis[i] = (System.nanoTime() - start) / 1e6;
            }
            double atOnce = atOnce(world, pool, services);
            double[] released = new double[TIMED];
            for (int i = 0; i < TIMED; i++) {
                long start = System.nanoTime();
                world.release(services[i], kind);
                released[i] = (System.nanoTime() - start) / 1e6;
            }
            long start = System.nanoTime();
            world.space.usages().of(pool.id());
            double usage = (System.nanoTime() - start) / 1e6;
            Arrays.sort(millis);
            Arrays.sort(released);
            System.out.printf(
                    "%s of /%d, %d %% full (%,d free prefixes): assign p50 %.2f ms, p99 %.2f ms; %d threads %.0f/s; release p50"
                            + " %.2f ms; usage %.1f ms%n",
                    block,
                    length,
                    percent,
                    free,
                    millis[TIMED / 2],
                    millis[TIMED * 99 / 100],
                    THREADS,
                    atOnce,
                    released[TIMED / 2],
                    usage);
        }
    }

    /** Every hundredth is free, or all but the first hundredth; what is taken is so without rows, but for the first ones. */
    private static void fill(AddressFixture world, AddressPool pool, String block, int percent, long units, int rows) {
        long taken = units / 100;
        if (percent < 50) {
            for (IpPrefix prefix : first(pool, block, taken)) {
                world.jdbc.execute("select address_take(b, '" + prefix + "') from address_block b");
            }
        } else {
            world.jdbc.update("delete from address_free");
            world.jdbc.update(
                    "insert into address_free select b.id, b.pool_id, " + nth(pool) + " from address_block b,"
                            + " generate_series(7, ?::bigint - 1, 100) i",
                    units);
        }
        long service = world.service();
        world.jdbc.execute("alter table service_prefix disable trigger user");
        world.jdbc.update(
                "insert into service_prefix (service_id, vrf_id, kind, prefix, pool_id) select ?, b.vrf_id, ?, "
                        + nth(pool) + ", b.pool_id from address_block b, generate_series(0, ?) i where i % 100 <> 7",
                service,
                pool.kind().isV6() ? "ipv6-route" : "ipv4-route",
                Math.min(rows, percent < 50 ? taken - 1 : units - 1));
        world.jdbc.execute("alter table service_prefix enable trigger user");
        world.jdbc.execute("vacuum analyze");
    }

    private static Iterable<IpPrefix> first(AddressPool pool, String block, long count) {
        IpPrefix start = IpPrefix.parse(block);
        if (!pool.kind().isV6()) {
            IpPrefix last = new IpPrefix(false, 0, start.low() + count - 1, 32);
            return new AddressRange(new IpPrefix(false, 0, start.low(), 32), last).prefixes();
        }
        IpPrefix last = new IpPrefix(true, start.high() + (count << 8) - 1, -1, 128);
        return new AddressRange(new IpPrefix(true, start.high(), 0, 128), last).prefixes();
    }

    /** The i-th prefix of the pool's length in the block, in SQL. */
    private static String nth(AddressPool pool) {
        return pool.kind().isV6()
                ? "format('2001:%s:%s:%s::/56', to_hex(3512 + (i >> 24)::integer), to_hex((i >> 8)::integer & 65535),"
                        + " to_hex((i::integer & 255) << 8))::cidr"
                : "set_masklen(b.prefix::inet + i, 32)::cidr";
    }

    private static double atOnce(AddressFixture world, AddressPool pool, long[] services) throws Exception {
        long start = System.nanoTime();
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            for (int thread = 0; thread < THREADS; thread++) {
                int first = TIMED + thread;
                threads.submit(() -> {
                    for (int i = first; i < services.length; i += THREADS) {
                        world.assign(services[i], pool);
                    }
                    return null;
                });
            }
            threads.shutdown();
            if (!threads.awaitTermination(10, TimeUnit.MINUTES)) {
                throw new IllegalStateException("not done in ten minutes");
            }
        }
        return (services.length - TIMED) / ((System.nanoTime() - start) / 1e9);
    }
}
