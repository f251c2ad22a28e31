package io.patchbay.session;

import io.patchbay.commit.StoreAwayException;
import io.patchbay.database.DatabaseAway;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores accounting records: finds the sessions that a group of them tells of, folds them in, and writes sessions, addresses
 * and records in one transaction, each with one statement. Any number of threads and nodes do so at once: rows are written in
 * the order of their keys, so that none waits for one that waits for it. What another changed between reading and writing is
 * read again, and locked.
 */
public final class SessionStore {
    private static final Logger LOG = LoggerFactory.getLogger(SessionStore.class);
    private static final int ATTEMPTS = 8;
    /** What happened since is of no archived session: those ended an hour ago and more. */
    private static final Duration NOT_ARCHIVED = Duration.ofMinutes(50);

    private static final String UNIQUE_VIOLATION = "23505";
    private static final String NO_PARTITION = "23514";
    private static final String DEADLOCK = "40P01";

    private final DataSource dataSource;
    private final SessionPartitions partitions;
    private final Clock clock;
    private final String node;
    private final SessionIds ids = new SessionIds();
    private final ConcurrentLinkedQueue<String> idleWriters = new ConcurrentLinkedQueue<>();
    private final AtomicInteger writers = new AtomicInteger();

    /**
     * @param dataSource whose connections commit synchronously
     * @param node a name of this hub, for its rows of the count
     */
    SessionStore(DataSource dataSource, SessionPartitions partitions, Clock clock, String node) {
        this.dataSource = dataSource;
        this.partitions = partitions;
        this.clock = clock;
        this.node = node;
    }

    /**
     * Stores the records durably, in their order; what was stored before is not stored again. Accounting-On and -Off are
     * committed before the others: whether a session was heard of before does not depend on who is stored first.
     *
     * @throws StoreAwayException when the database cannot be reached
     * @throws IllegalStateException when it refuses the records
     */
    public void storeRecords(List<AccountingRecord> records) {
        Map<Boolean, List<AccountingRecord>> byKind =
                records.stream().collect(Collectors.partitioningBy(SessionStore::isRestart));
        String writer = idleWriters.poll();
        if (writer == null) {
            writer = node + "/" + writers.incrementAndGet();
        }
        try {
            for (AccountingRecord restart : byKind.get(true)) {
                store(List.of(restart), writer, this::storeRestart);
            }
            if (!byKind.get(false).isEmpty()) {
                store(byKind.get(false), writer, this::storeTold);
            }
        } finally {
            idleWriters.add(writer);
        }
    }

    private interface Work {
        /** @return how many were stored */
        int run(Connection connection, List<AccountingRecord> records, boolean again) throws SQLException;
    }

    private void store(List<AccountingRecord> records, String writer, Work work) {
        for (int attempt = 1; ; attempt++) {
            try {
                inTransaction(records, writer, work, attempt > 1);
                return;
            } catch (SQLException failed) {
                if (DatabaseAway.is(failed)) {
                    throw new StoreAwayException(
                            "The database that stores accounting cannot be reached: " + failed.getMessage(), failed);
                }
                if (attempt == ATTEMPTS || !mends(failed, records)) {
                    throw new IllegalStateException(
                            "The database refuses accounting records: " + failed.getMessage(), failed);
                }
            }
        }
    }

    private void inTransaction(List<AccountingRecord> records, String writer, Work work, boolean again)
            throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                int stored = work.run(connection, records, again);
                if (stored > 0) {
                    new SessionWrites(connection).count(writer, stored);
                }
                connection.commit();
            } catch (StoredHistory.FailedLookup failed) {
                rollBack(connection);
                throw failed.getCause();
            } catch (SQLException | RuntimeException failed) {
                rollBack(connection);
                throw failed;
            }
        }
    }

    private static void rollBack(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException gone) {
            LOG.debug("The transaction ended with its connection", gone);
        }
    }

    /** Whether another attempt may go well. */
    private boolean mends(SQLException failed, List<AccountingRecord> records) throws StoreAwayException {
        if (NO_PARTITION.equals(failed.getSQLState())) {
            partitions.makeFor(
                    records.stream().map(AccountingRecord::receivedAt).collect(Collectors.toSet()));
            return true;
        }
        // Another writer has made or changed the session meanwhile, or the archive has taken it.
        return UNIQUE_VIOLATION.equals(failed.getSQLState())
                || SessionWrites.CHANGED.equals(failed.getSQLState())
                || DEADLOCK.equals(failed.getSQLState());
    }

    private int storeRestart(Connection connection, List<AccountingRecord> records, boolean again) throws SQLException {
        return NasRestarts.store(connection, records.getFirst()) ? 1 : 0;
    }

    private int storeTold(Connection connection, List<AccountingRecord> records, boolean again) throws SQLException {
        List<SessionKey> keys = List.copyOf(keys(records));
        SessionTables tables = new SessionTables(connection);
        List<Session> sessions = new ArrayList<>(tables.live(keys, again));
        sessions.addAll(tables.lockArchived(perhapsArchived(records, sessions)));
        Map<NasIdentity, Instant> restarts =
                tables.restarts(keys.stream().map(SessionKey::nas).collect(Collectors.toSet()));
        StoredHistory history = new StoredHistory(connection);
        history.prefetch(perhapsTold(records, sessions));
        SessionFold fold = new SessionFold(sessions, restarts, history, () -> nextId(connection));
        records.forEach(fold::add);
        write(connection, fold.changed());
        return fold.stored();
    }

    private static void write(Connection connection, List<Session> changed) throws SQLException {
        SessionWrites writes = new SessionWrites(connection);
        SessionRows rows = new SessionRows();
        List<Session> advanced = new ArrayList<>();
        List<Session> revised = new ArrayList<>();
        for (Session session : changed) {
            rows.add(session);
            if (!session.isNew()) {
                (session.isRevised() || session.archivedOn != null ? revised : advanced).add(session);
            }
        }
        writes.advance(advanced);
        writes.revise(revised);
        writes.closeAddresses(changed);
        rows.send(connection);
    }

    private long nextId(Connection connection) {
        try {
            return ids.next(connection);
        } catch (SQLException failed) {
            throw new StoredHistory.FailedLookup(failed);
        }
    }

    /** Keys of records that happened so long ago, or tell of a session so unknown, that it may be archived. */
    private List<SessionKey> perhapsArchived(List<AccountingRecord> records, List<Session> live) {
        Set<SessionKey> known = live.stream().map(session -> session.key).collect(Collectors.toSet());
        Instant recent = clock.instant().minus(NOT_ARCHIVED);
        Set<SessionKey> perhaps = new TreeSet<>();
        for (AccountingRecord record : records) {
            boolean old = record.happenedAt().isBefore(recent);
            boolean start = record.kind() == AccountingRecord.Kind.START;
            boolean oldByNasClock =
                    record.eventTimestamp() != null && record.eventTimestamp().isBefore(recent);
            SessionKey key = SessionKey.of(record);
            if (old || !known.contains(key) && (!start || oldByNasClock)) {
                perhaps.add(key);
            }
        }
        return List.copyOf(perhaps);
    }

    /** Sessions with a record that may have been stored before. */
    private static Collection<Session> perhapsTold(List<AccountingRecord> records, List<Session> sessions) {
        Map<SessionKey, List<Session>> byKey = new HashMap<>();
        sessions.forEach(session ->
                byKey.computeIfAbsent(session.key, key -> new ArrayList<>(1)).add(session));
        Set<Session> perhaps = new HashSet<>();
        for (AccountingRecord record : records) {
            for (Session session : byKey.getOrDefault(SessionKey.of(record), List.of())) {
                if (session.mayHold(record)) {
                    perhaps.add(session);
                }
            }
        }
        return perhaps;
    }

    private static Set<SessionKey> keys(List<AccountingRecord> records) {
        Set<SessionKey> keys = new TreeSet<>();
        records.forEach(record -> keys.add(SessionKey.of(record)));
        return keys;
    }

    private static boolean isRestart(AccountingRecord record) {
        return switch (record.kind()) {
            case ON, OFF -> true;
            case START, INTERIM, STOP -> false;
        };
    }
}
