package io.patchbay.binding;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares index and ledger now and then, should the feed ever lose something: by buckets of services first, whose digests
 * PostgreSQL computes from the versions of their rows, then by service where a bucket differs. What still differs after the
 * feed has caught up is loaded again. A change committed while a longer transaction runs counts too: the feed waits for that
 * one.
 */
public final class IndexDigest {
    private static final Logger LOG = LoggerFactory.getLogger(IndexDigest.class);
    private static final int BUCKETS = LedgerQueries.BUCKETS;

    private final BindingLoader loader;
    private final BindingIndex index;
    private final ChangeFeed feed;

    public IndexDigest(BindingLoader loader, BindingIndex index, ChangeFeed feed) {
        this.loader = loader;
        this.index = index;
        this.feed = feed;
    }

    /**
     * Compares and mends.
     *
     * @return how many services differed
     * @throws org.springframework.dao.DataAccessException when the database is away
     */
    public int compare() {
        feed.refreshDirectoryNow();
        Set<Long> buckets = differingBuckets();
        Set<Long> differing = buckets.isEmpty() ? Set.of() : differingServices(buckets);
        if (differing.isEmpty()) {
            return 0;
        }
        feed.catchUp();
        Set<Long> lost = stillDiffering(differing);
        if (!lost.isEmpty()) {
            LOG.warn(
                    "{} services in the index were not as in the ledger and are loaded again, among them {}",
                    lost.size(),
                    lost.stream().limit(5).toList());
            feed.refreshNow(lost.stream().mapToLong(Long::longValue).toArray());
        }
        return lost.size();
    }

    private Set<Long> differingBuckets() {
        long[] inLedger = new long[BUCKETS];
        loader.jdbc().query(LedgerQueries.BUCKET_DIGESTS, row -> {
            inLedger[row.getInt("bucket")] = row.getLong("digest");
        });
        long[] inIndex = index.digest(BUCKETS);
        return LongStream.range(0, BUCKETS)
                .filter(bucket -> inLedger[(int) bucket] != inIndex[(int) bucket])
                .boxed()
                .collect(Collectors.toSet());
    }

    private Set<Long> differingServices(Set<Long> buckets) {
        Map<Long, Integer> inLedger = new HashMap<>();
        loader.query(
                LedgerQueries.BUCKET_VERSIONS, buckets, row -> inLedger.put(row.getLong("id"), row.getInt("version")));
        long[] inIndex = buckets.stream()
                .flatMapToLong(bucket -> Arrays.stream(index.services(BUCKETS, bucket.intValue())))
                .toArray();
        return differing(inIndex, inLedger);
    }

    private Set<Long> stillDiffering(Set<Long> services) {
        Map<Long, Integer> inLedger = new HashMap<>();
        loader.query(
                LedgerQueries.SOME_VERSIONS, services, row -> inLedger.put(row.getLong("id"), row.getInt("version")));
        return differing(
                services.stream()
                        .filter(service -> index.byService(service) != null)
                        .mapToLong(Long::longValue)
                        .toArray(),
                inLedger);
    }

    private Set<Long> differing(long[] inIndex, Map<Long, Integer> inLedger) {
        Set<Long> differing = new HashSet<>();
        inLedger.forEach((service, version) -> {
            if (!index.holds(service, version)) {
                differing.add(service);
            }
        });
        for (long service : inIndex) {
            if (!inLedger.containsKey(service)) {
                differing.add(service);
            }
        }
        return differing;
    }
}
