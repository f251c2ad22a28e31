package io.patchbay.session;

import io.patchbay.commit.StoreAwayException;
import io.patchbay.database.DatabaseAway;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done with sessions that nobody tells of any more: routes call it now and then. Of several nodes one does it, the
 * others find it being done. The table of live sessions is walked in pieces, each a transaction of its own, and rows that a
 * writer holds are left for the next time: no acknowledgement waits for a sweep.
 */
public final class SessionSweeps {
    private static final Logger LOG = LoggerFactory.getLogger(SessionSweeps.class);
    /** Of 8 kB: some thousand sessions. */
    private static final int PAGES = 500;

    private final DataSource dataSource;
    private final SessionPartitions partitions;
    private final SessionStoreSettings settings;
    private final Clock clock;
    private final BooleanSupplier tablesThere;
    private volatile boolean away;

    /**
     * @param dataSource with the planner's own choice of plans
     * @param tablesThere false until the tables are migrated: nothing is done before
     */
    SessionSweeps(
            DataSource dataSource,
            SessionPartitions partitions,
            SessionStoreSettings settings,
            Clock clock,
            BooleanSupplier tablesThere) {
        this.dataSource = dataSource;
        this.partitions = partitions;
        this.settings = settings;
        this.clock = clock;
        this.tablesThere = tablesThere;
    }

    /**
     * Presumes over: what was heard of before its NAS's last restart (a writer was slower than the one that stored the
     * restart); what a later session of the same service replaced; what has been silent for too long.
     *
     * @return how many
     */
    public int closeStaleSessions() {
        return takingTurns("close-stale-sessions", connection -> {
            Instant now = clock.instant();
            return overAll(connection, SweepStatements.CLOSE_RESTARTED, statement -> statement.next(now))
                    + overAll(connection, SweepStatements.CLOSE_REPLACED, statement -> statement.next(now))
                    + overAll(connection, SweepStatements.CLOSE_SILENT, statement -> statement
                            .next(now)
                            .next(settings.staleAfter().toSeconds())
                            .next(settings.silentAfter().toSeconds()));
        });
    }

    /**
     * Moves sessions that ended more than an hour ago, with their addresses, to the partition of the month.
     *
     * @return how many
     */
    public int archiveSessions() {
        Instant now = clock.instant();
        return takingTurns(
                "archive-sessions",
                connection -> overAll(connection, SweepStatements.ARCHIVE, statement -> statement.next(now)));
    }

    /** Makes the partitions that will be needed, and drops those that are older than they are kept. */
    public int keepPartitions() {
        return takingTurns("keep-partitions", connection -> {
            partitions.makeAhead();
            partitions.dropOld();
            return 0;
        });
    }

    private interface Work {
        int run(Connection connection) throws SQLException;
    }

    private interface Binding {
        void bind(Parameters parameters) throws SQLException;
    }

    private static int overAll(Connection connection, String sql, Binding binding) throws SQLException {
        int pages = pages(connection);
        int changed = 0;
        for (int from = 0; from < pages; from += PAGES) {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                Parameters parameters = new Parameters(statement);
                binding.bind(parameters);
                parameters.next("(" + from + ",0)").next("(" + (from + PAGES) + ",0)");
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    changed += row.getInt(1);
                }
            }
        }
        return changed;
    }

    private static int pages(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select pg_relation_size('session_live') / current_setting('block_size')::bigint")) {
            row.next();
            return row.getInt(1);
        }
    }

    /** A database that is away is told of once; the sweep comes again. */
    private int takingTurns(String name, Work work) {
        if (!tablesThere.getAsBoolean()) {
            return 0;
        }
        try (Connection connection = dataSource.getConnection()) {
            int changed = locked(connection, name, work);
            away = false;
            return changed;
        } catch (SQLException | StoreAwayException failed) {
            if (!DatabaseAway.is(failed)) {
                throw new IllegalStateException("The sweep " + name + " failed: " + failed.getMessage(), failed);
            }
            if (!away) {
                LOG.warn("The sweeps of accounting wait for the database: {}", failed.getMessage());
            }
            away = true;
            return 0;
        }
    }

    private static int locked(Connection connection, String name, Work work) throws SQLException {
        try (PreparedStatement lock =
                connection.prepareStatement("select pg_try_advisory_lock(hashtext('session-sweep'), hashtext(?))")) {
            lock.setString(1, name);
            try (ResultSet row = lock.executeQuery()) {
                row.next();
                if (!row.getBoolean(1)) {
                    return 0;
                }
            }
        }
        try {
            return work.run(connection);
        } finally {
            try (PreparedStatement unlock =
                    connection.prepareStatement("select pg_advisory_unlock(hashtext('session-sweep'), hashtext(?))")) {
                unlock.setString(1, name);
                unlock.executeQuery().close();
            }
        }
    }
}
