package io.patchbay.binding;

import io.patchbay.event.EventType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
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
    private static final int SERVICES_A_TURN = 1_000;

    private record Event(FeedPosition position, EventType type, Long serviceId, Long subjectId) {}

    private final BindingLoader loader;
    private final BindingLoader missLoader;
    private final BindingIndex index;
    private final Runnable onServiceCreated;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Runnable> onChange = new CopyOnWriteArrayList<>();
    private volatile FeedPosition position;

    /**
     * @param missLoader over connections of its own, which nobody holds for long: see {@link #refreshForMiss}
     * @param onServiceCreated called after a new service is in the index: whoever remembers misses forgets them
     */
    public ChangeFeed(BindingLoader loader, BindingLoader missLoader, BindingIndex index, Runnable onServiceCreated) {
        this.loader = loader;
        this.missLoader = missLoader;
        this.index = index;
        this.onServiceCreated = onServiceCreated;
    }

    /** Has it called after every change that the log brought, when the index has it already; it must not block. */
    public void onChange(Runnable listener) {
        onChange.add(listener);
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
     * Reads these services from the ledger at once, those that are no more leave the index. For whoever just changed them;
     * of many services some at a time, so that nobody else waits for long.
     *
     * @throws org.springframework.dao.DataAccessException when the database is away
     */
    public void refreshNow(long... serviceIds) {
        for (int from = 0; from < serviceIds.length; from += SERVICES_A_TURN) {
            long[] some = Arrays.copyOfRange(serviceIds, from, Math.min(serviceIds.length, from + SERVICES_A_TURN));
            lock.lock();
            try {
                loader.reload(index, Arrays.stream(some).boxed().toList());
            } finally {
                lock.unlock();
            }
        }
        onServiceCreated.run();
    }

    /**
     * Makes sure that services which were created just now are in the index: by the log where it can be read that far,
     * otherwise (an older transaction still runs and holds the log back) by reading them.
     *
     * @throws org.springframework.dao.DataAccessException when the database is away
     */
    public void takeInNow(long... created) {
        catchUp();
        long[] heldBack = Arrays.stream(created)
                .filter(service -> index.byService(service) == null)
                .toArray();
        refreshNow(heldBack);
    }

    /**
     * Reads these services for a request that waits: with connections of its own, and not at all when others keep the index
     * for longer than the request has patience. Whoever else was looked for in vain stays so until the log tells otherwise.
     *
     * @return false when there was no time
     * @throws org.springframework.dao.DataAccessException when the database is away
     */
    public boolean refreshForMiss(Duration patience, long... serviceIds) {
        try {
            if (!lock.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                return false;
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
        try {
            missLoader.reload(index, Arrays.stream(serviceIds).boxed().toList());
            return true;
        } finally {
            lock.unlock();
        }
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
            if (events.stream().anyMatch(event -> event.type() == EventType.SERVICE_CREATED)) {
                onServiceCreated.run();
            }
            if (!events.isEmpty()) {
                onChange.forEach(Runnable::run);
            }
        } while (events.size() == EVENTS_A_QUERY);
    }

    private List<Event> read() {
        return loader.jdbc()
                .query(
                        LedgerQueries.EVENTS,
                        (row, number) -> new Event(
                                new FeedPosition(Long.parseUnsignedLong(row.getString("xid")), row.getLong("seq")),
                                EventType.of(row.getString("type")),
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
                case SERVICE_CREATED, SERVICE_CHANGED, SERVICE_REMOVED, SERVICE_OBSERVED -> {}
                case LINE_CHANGED -> lines.add(event.subjectId());
                case ACCESS_NODE_CHANGED -> {
                    nodes.add(event.subjectId());
                    directory = true;
                }
                case PLAN_CHANGED, NAS_CHANGED, TENANT_CHANGED -> directory = true;
                case SUBSCRIBER_CHANGED,
                        ADDRESS_POOL_CHANGED,
                        VLAN_DOMAIN_CHANGED,
                        VLAN_POOL_CHANGED,
                        ADDRESS_HOLD_CHANGED,
                        WORKFLOW_CHANGED,
                        NETBOX_CONFLICT,
                        TOKEN_ISSUED,
                        TOKEN_REVOKED -> {}
                case null -> {} // of a newer node, in whose terms this one cannot think
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
