package io.patchbay.binding;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Fills the index at start and keeps it: from the database when it is there, else from the snapshot, and by the feed from then
 * on. Without either the index stays incomplete, and the hub silent, until the database comes.
 */
public final class BindingStartup implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BindingStartup.class);

    /**
     * @param digestInterval how often index and ledger are compared; 10 minutes is right
     * @param snapshotInterval how often a changed index is written to disk; 1 minute is right
     */
    public record Settings(Duration digestInterval, Duration snapshotInterval) {}

    private final BindingIndex index;
    private final ChangeFeed feed;
    private final FeedThread feedThread;
    private final IndexDigest digest;
    private final BindingSnapshot snapshot;
    private final Settings settings;
    private final ScheduledExecutorService upkeep;
    private final AtomicLong differences = new AtomicLong();
    private long writtenChanges = -1;

    public BindingStartup(
            BindingIndex index,
            ChangeFeed feed,
            FeedThread feedThread,
            IndexDigest digest,
            BindingSnapshot snapshot,
            Settings settings) {
        this.index = index;
        this.feed = feed;
        this.feedThread = feedThread;
        this.digest = digest;
        this.snapshot = snapshot;
        this.settings = settings;
        this.upkeep = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("index-upkeep").daemon().factory());
    }

    /** Returns when the index is complete, or neither database nor snapshot is there. */
    public void start() {
        try {
            feed.loadAll();
        } catch (DataAccessException away) {
            LOG.warn("The database is away: {}", away.getMessage());
            restore();
        }
        feedThread.start();
        upkeep.execute(this::writeSnapshot);
        schedule(this::writeSnapshot, settings.snapshotInterval());
        schedule(this::compare, settings.digestInterval());
    }

    private void restore() {
        try {
            Instant written = snapshot.restore(index);
            LOG.warn(
                    "The hub serves {} bindings of the snapshot of {} until the database comes", index.size(), written);
        } catch (SnapshotException none) {
            LOG.warn("{} The hub stays silent until the database comes.", none.getMessage());
        }
    }

    private void schedule(Runnable task, Duration interval) {
        upkeep.scheduleWithFixedDelay(task, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Writes the snapshot when the database was read since, and something changed. */
    private synchronized void writeSnapshot() {
        long changes = snapshot.changes(index);
        if (feed.position() == null || changes == writtenChanges) {
            return;
        }
        try {
            snapshot.write(index);
            writtenChanges = changes;
        } catch (RuntimeException failed) {
            LOG.warn("{}", failed.getMessage());
        }
    }

    private void compare() {
        if (feed.position() == null) {
            return;
        }
        try {
            differences.addAndGet(digest.compare());
        } catch (DataAccessException away) {
            LOG.debug("Index and ledger are compared when the database is back", away);
        } catch (RuntimeException failed) {
            LOG.error("Index and ledger could not be compared", failed);
        }
    }

    /** How many services the comparisons found differing since the start. */
    public long differences() {
        return differences.get();
    }

    /** Stops the upkeep and the feed, and writes what changed to disk. */
    @Override
    public void close() {
        upkeep.shutdown();
        feedThread.close();
        try {
            upkeep.awaitTermination(30, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        writeSnapshot();
    }
}
