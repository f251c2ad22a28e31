package io.patchbay.ledger.address;

import io.patchbay.ledger.LedgerNotFound;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.JdbcTemplate;

/** How full pools are. Free and held prefixes are counted, which are few; never what is assigned. */
public final class PoolUsages {
    /** Whatever is free, held or of the pool at all: how many of each length. One statement, so that the sums fit together. */
    private static final String PARTS = """
            select pool_id, 'total' as part, masklen(prefix) as length, count(*) as count
            from address_block where ?::bigint is null or pool_id = ? group by 1, 3
            union all
            select pool_id, 'free', masklen(prefix), count(*)
            from address_free where ?::bigint is null or pool_id = ? group by 1, 3
            union all
            select pool_id, reason, masklen(prefix), count(*)
            from address_hold where ?::bigint is null or pool_id = ? group by 1, 2, 3""";

    private final JdbcTemplate jdbc;
    private final AddressPools pools;
    private final InstantSource clock;

    PoolUsages(JdbcTemplate jdbc, AddressPools pools, InstantSource clock) {
        this.jdbc = jdbc;
        this.pools = pools;
        this.clock = clock;
    }

    private record Part(long poolId, String part, int length, long count) {}

    /** @throws LedgerNotFound when there is no such pool */
    public PoolUsage of(long poolId) {
        return usages(List.of(pools.get(poolId)), poolId).getFirst();
    }

    public List<PoolUsage> all() {
        return usages(pools.all(), null);
    }

    /** Writes down how much is used where the last sample is older than five minutes, and forgets what is older than two days. */
    public void sample(List<PoolUsage> usages) {
        for (PoolUsage usage : usages) {
            jdbc.update(
                    "insert into address_pool_sample (pool_id, used) select ?, ? where exists (select from address_pool"
                            + " where id = ?) and not exists (select from address_pool_sample where pool_id = ?"
                            + " and at > clock_timestamp() - interval '5 minutes') on conflict do nothing",
                    usage.poolId(),
                    new BigDecimal(usage.used()),
                    usage.poolId(),
                    usage.poolId());
        }
        jdbc.update("delete from address_pool_sample where at < clock_timestamp() - interval '2 days'");
    }

    private List<PoolUsage> usages(List<AddressPool> asked, Long poolId) {
        List<Part> parts = jdbc.query(
                PARTS,
                (row, number) -> new Part(
                        row.getLong("pool_id"), row.getString("part"), row.getInt("length"), row.getLong("count")),
                poolId,
                poolId,
                poolId,
                poolId,
                poolId,
                poolId);
        Map<Long, List<PoolForecast.Sample>> samples = samples(poolId);
        return asked.stream()
                .map(pool -> usage(
                        pool,
                        parts.stream()
                                .filter(part -> part.poolId() == pool.id())
                                .toList(),
                        samples.getOrDefault(pool.id(), List.of())))
                .toList();
    }

    private PoolUsage usage(AddressPool pool, List<Part> parts, List<PoolForecast.Sample> samples) {
        BigInteger total = BigInteger.ZERO;
        BigInteger free = BigInteger.ZERO;
        Map<String, BigInteger> held = new TreeMap<>();
        Map<Integer, Long> freeByLength = new TreeMap<>();
        Map<String, BigInteger> heldAddresses = new LinkedHashMap<>();
        for (Part part : parts) {
            switch (part.part()) {
                case "total" -> total = total.add(inUnits(pool, part));
                case "free" -> {
                    free = free.add(inUnits(pool, part));
                    freeByLength.put(part.length(), part.count());
                }
                default -> heldAddresses.merge(part.part(), addresses(pool, part), BigInteger::add);
            }
        }
        BigInteger unit = BigInteger.ONE.shiftLeft(bits(pool) - pool.assignedLength());
        heldAddresses.forEach((reason, addresses) ->
                held.put(reason, addresses.add(unit).subtract(BigInteger.ONE).divide(unit)));
        BigInteger heldInAll = held.values().stream().reduce(BigInteger.ZERO, BigInteger::add);
        BigInteger assigned = total.subtract(free).subtract(heldInAll).max(BigInteger.ZERO);
        return new PoolUsage(
                pool.id(),
                pool.name(),
                pool.assignedLength(),
                total,
                free,
                assigned,
                held,
                freeByLength,
                PoolForecast.secondsToExhaustion(free, total.subtract(free), clock.instant(), samples));
    }

    /** What is longer than what the pool assigns is none of it. */
    private static BigInteger inUnits(AddressPool pool, Part part) {
        return part.length() > pool.assignedLength()
                ? BigInteger.ZERO
                : BigInteger.valueOf(part.count()).shiftLeft(pool.assignedLength() - part.length());
    }

    private static BigInteger addresses(AddressPool pool, Part part) {
        return BigInteger.valueOf(part.count()).shiftLeft(bits(pool) - part.length());
    }

    private static int bits(AddressPool pool) {
        return pool.kind().isV6() ? 128 : 32;
    }

    private Map<Long, List<PoolForecast.Sample>> samples(Long poolId) {
        Instant since = clock.instant().minusSeconds(86_400);
        Map<Long, List<PoolForecast.Sample>> samples = new LinkedHashMap<>();
        jdbc.query(
                "select pool_id, at, used from address_pool_sample where at >= ? and (?::bigint is null or pool_id = ?)",
                row -> {
                    samples.computeIfAbsent(row.getLong("pool_id"), id -> new ArrayList<>())
                            .add(new PoolForecast.Sample(
                                    AddressRows.instant(row, "at"),
                                    row.getBigDecimal("used").toBigInteger()));
                },
                Timestamp.from(since),
                poolId,
                poolId);
        return samples;
    }
}
