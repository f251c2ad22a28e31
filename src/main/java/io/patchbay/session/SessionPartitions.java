package io.patchbay.session;

import io.patchbay.commit.StoreAwayException;
import io.patchbay.database.DatabaseAway;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The partitions of accounting: records by day of arrival, archived sessions and their addresses by month, both in UTC. They
 * are made ahead, so that midnight is an hour like any other, and made when a record finds none; what is older than its
 * retention goes as whole partitions.
 */
final class SessionPartitions {
    private static final Logger LOG = LoggerFactory.getLogger(SessionPartitions.class);
    private static final int DAYS_AHEAD = 7;
    private static final int MONTHS_AHEAD = 2;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyyMMdd");
    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("yyyyMM");
    private static final String RECORDS = "accounting_record_";
    private static final String SESSIONS = "session_archive_";
    private static final String ADDRESSES = "session_address_archive_";

    private final DataSource dataSource;
    private final Clock clock;
    private final Duration keepRecords;
    private final Duration keepSessions;

    SessionPartitions(DataSource dataSource, Clock clock, Duration keepRecords, Duration keepSessions) {
        this.dataSource = dataSource;
        this.clock = clock;
        this.keepRecords = keepRecords;
        this.keepSessions = keepSessions;
    }

    /** Makes those of today and the coming week, of this month and the two that follow. */
    void makeAhead() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        run(connection -> {
            for (int day = 0; day <= DAYS_AHEAD; day++) {
                makeDay(connection, today.plusDays(day));
            }
            for (int month = 0; month <= MONTHS_AHEAD; month++) {
                makeMonth(connection, YearMonth.from(today).plusMonths(month));
            }
        });
    }

    /** Makes those that records which arrived then go to. */
    void makeFor(Collection<Instant> arrivals) {
        run(connection -> {
            TreeSet<LocalDate> days = new TreeSet<>();
            arrivals.forEach(arrival -> days.add(LocalDate.ofInstant(arrival, ZoneOffset.UTC)));
            for (LocalDate day : days) {
                makeDay(connection, day);
            }
        });
    }

    /** Drops those whose youngest row is older than it is kept. */
    void dropOld() {
        LocalDate records = LocalDate.ofInstant(clock.instant().minus(keepRecords), ZoneOffset.UTC);
        LocalDate sessions = LocalDate.ofInstant(clock.instant().minus(keepSessions), ZoneOffset.UTC);
        run(connection -> {
            dropBefore(connection, "accounting_record", RECORDS + DAY.format(records));
            dropBefore(connection, "session", SESSIONS + MONTH.format(sessions));
            dropBefore(connection, "session_address", ADDRESSES + MONTH.format(sessions));
        });
    }

    private static void makeDay(Connection connection, LocalDate day) throws SQLException {
        make(
                connection,
                "accounting_record",
                RECORDS + DAY.format(day),
                "'%sT00:00Z'".formatted(day),
                "'%sT00:00Z'".formatted(day.plusDays(1)),
                "");
    }

    private static void makeMonth(Connection connection, YearMonth month) throws SQLException {
        String from = "'%s'".formatted(month.atDay(1));
        String to = "'%s'".formatted(month.plusMonths(1).atDay(1));
        String sessions = SESSIONS + MONTH.format(month);
        make(
                connection,
                "session",
                sessions,
                from,
                to,
                "create index %1$s_key on %1$s (acct_session_id, nas_client_id);".formatted(sessions));
        make(connection, "session_address", ADDRESSES + MONTH.format(month), from, to, "");
    }

    /** Attached rather than made in its place: that would wait for, and hold up, everybody who uses the table. */
    private static void make(
            Connection connection, String table, String partition, String from, String to, String andThen)
            throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("select pg_advisory_xact_lock(hashtext('partition'), hashtext('" + table + "'))");
            try (ResultSet row = statement.executeQuery("select to_regclass('" + partition + "') is not null")) {
                row.next();
                if (row.getBoolean(1)) {
                    return;
                }
            }
            statement.execute("create table " + partition + " (like " + table + " including all);" + andThen
                    + "alter table " + table + " attach partition " + partition + " for values from (" + from + ") to ("
                    + to + ")");
        } finally {
            connection.commit();
        }
    }

    /** By name: those of one table sort as their days do. */
    private static void dropBefore(Connection connection, String table, String oldestKept) throws SQLException {
        String prefix = oldestKept.replaceFirst("\\d+$", "");
        List<String> old = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery(
                    "select inhrelid::regclass::text from pg_inherits where inhparent = '" + table + "'::regclass")) {
                while (rows.next()) {
                    String partition = rows.getString(1);
                    if (partition.matches(prefix + "\\d+") && partition.compareTo(oldestKept) < 0) {
                        old.add(partition);
                    }
                }
            }
            for (String partition : old) {
                // Whoever asks for a long export keeps it; then it goes the next time.
                statement.execute("set local lock_timeout = '2s'");
                statement.execute("drop table " + partition);
                connection.commit();
                LOG.info("The partition {} is older than it is kept and was dropped", partition);
            }
            connection.commit();
        }
    }

    private interface Work {
        void run(Connection connection) throws SQLException;
    }

    /** @throws StoreAwayException when the database cannot be reached */
    private void run(Work work) {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                work.run(connection);
            } finally {
                connection.rollback();
            }
        } catch (SQLException failed) {
            if (DatabaseAway.is(failed)) {
                throw new StoreAwayException("The database of accounting's partitions cannot be reached", failed);
            }
            throw new IllegalStateException("A partition cannot be made or dropped: " + failed.getMessage(), failed);
        }
    }
}
