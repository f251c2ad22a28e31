package io.patchbay.binding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the index as the ledger is, by following its event log. Every event is an occasion to read the rows again, so that
 * reading one twice does no harm.
 *
 * <p>Sequence numbers are not commit-ordered: the feed reads by (transaction, sequence) and only below the oldest transaction
 * that still runs ({@code pg_snapshot_xmin}). A transaction that runs for long, such as an import, holds the feed back for as
 * long, in whatever database of the server it runs; a node applies its own changes at once through {@link #refreshNow}.
 *
 * <p>Reading rows and applying them is one step under one lock: an older reading never overwrites a newer one.
 */
public final class ChangeFeed {
    private static final Logger LOG = LoggerFactory.getLogger(ChangeFeed.class);
    private static final int EVENTS_A_QUERY = 5_000;

    private record Event(FeedPosition position, String type, Long serviceId, Long subjectId) {}

    private final BindingLoader loader;
    private final BindingIndex index;
    private final Runnable onServiceCreated;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile FeedPosition position;

    /** @param onServiceCreated called after a new service is in the index: whoever remembers misses forgets them */
    public ChangeFeed(BindingLoader loader, BindingIndex index, Runnable onServiceCreated) {
        this.loader = loader;
        this.index = index;
        this.onServiceCreated = onServiceCreated;
    }

    /** How far the log was read; null before the first load from the database. */
    public FeedPosition position() {
        return position;
    }

    /** Loads everything and follows from there. */
    public void loadAll() {
        lock.lock();
        try {
            long start = System.nanoTime();
            position = loader.loadAll(index);
            LOG.info("{} bindings loaded in {} ms", index.size(), (System.nanoTime() - start) / 1_000_000);
        } finally {
            lock.unlock();
        }
        onServiceCreated.run();
    }

    /**
     * Reads these services from the ledger at once, those that are no more leave the index. For whoever just changed them, and
     * for a miss that the database knows better.
     *
     * @throws org.springframework.dao.DataAccessException when the database is away
     */
    public void refreshNow(long... serviceIds) {
        lock.lock();
        try {
            loader.reload(index, Arrays.stream(serviceIds).boxed().toList());
        } finally {
            lock.unlock();
        }
        onServiceCreated.run();
    }

    /** Likewise NASes, access nodes, tenants and plans. */
    public void refreshDirectoryNow() {
        lock.lock();
        try {
            loader.reloadDirectory(index);
        } finally {
            lock.unlock();
        }
    }

    /** Applies what the log has got since; loads everything when this is the first time, or the log was turned back. */
    public void catchUp() {
        FeedPosition from = position;
        if (from == null) {
            loadAll();
            return;
        }
        if (Long.compareUnsigned(loader.oldestRunning(), from.xid()) < 0) {
            LOG.warn(
                    "The database is older than what was read of it (restored, or another one): loading everything anew");
            loadAll();
            return;
        }
        List<Event> events;
        do {
            lock.lock();
            try {
                events = read();
                apply(events);
            } finally {
                lock.unlock();
            }
            if (events.stream().anyMatch(event -> event.type().equals("service-created"))) {
                onServiceCreated.run();
            }
        } while (events.size() == EVENTS_A_QUERY);
    }

    private List<Event> read() {
        return loader.jdbc()
                .query(
                        LedgerQueries.EVENTS,
                        (row, number) -> new Event(
                                new FeedPosition(Long.parseUnsignedLong(row.getString("xid")), row.getLong("seq")),
                                row.getString("type"),
                                row.getObject("service_id", Long.class),
                                row.getObject("subject_id", Long.class)),
                        Long.toUnsignedString(position.xid()),
                        position.seq(),
                        EVENTS_A_QUERY);
    }

    private void apply(List<Event> events) {
        if (events.isEmpty()) {
            return;
        }
        Set<Long> services = new HashSet<>();
        Set<Long> lines = new HashSet<>();
        Set<Long> nodes = new HashSet<>();
        boolean directory = false;
        for (Event event : events) {
            if (event.serviceId() != null) {
                services.add(event.serviceId());
            }
            switch (event.type()) {
                case "line-changed" -> lines.add(event.subjectId());
                case "access-node-changed" -> {
                    nodes.add(event.subjectId());
                    directory = true;
                }
                case "plan-changed", "nas-changed", "tenant-changed" -> directory = true;
                default -> {} // an event of a room above, which says nothing of bindings
            }
        }
        if (directory) {
            loader.reloadDirectory(index);
        }
        services.addAll(servicesOn(lines, nodes));
        loader.reload(index, services);
        position = events.getLast().position();
    }

    /** Those that the ledger has there now, and those that the index had there before. */
    private List<Long> servicesOn(Set<Long> lines, Set<Long> nodes) {
        List<Long> services = new ArrayList<>();
        if (!lines.isEmpty()) {
            loader.query(LedgerQueries.SERVICES_ON_LINES, lines, row -> services.add(row.getLong("id")));
            lines.forEach(line -> index.byLine(line).forEach(binding -> services.add(binding.serviceId())));
        }
        if (!nodes.isEmpty()) {
            loader.query(LedgerQueries.SERVICES_ON_NODES, nodes, row -> services.add(row.getLong("id")));
        }
        return services;
    }
}
