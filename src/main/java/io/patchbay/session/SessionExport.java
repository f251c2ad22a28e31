package io.patchbay.session;

import io.patchbay.database.DatabaseAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.util.Properties;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Reads any number of sessions or records in constant memory: by a cursor of the database, over a connection of its own, so
 * that a slow reader holds none that somebody else needs.
 */
public final class SessionExport {
    private static final int ROWS_A_FETCH = 1_000;

    private final JdbcTemplate jdbc;

    public SessionExport(DatabaseAddress address) {
        Properties properties = new Properties();
        if (address.user() != null) {
            properties.setProperty("user", address.user());
        }
        if (address.password() != null) {
            properties.setProperty("password", address.password());
        }
        properties.setProperty("ApplicationName", "patchbay-export");
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("tcpKeepAlive", "true");
        this.jdbc = new JdbcTemplate(new DriverManagerDataSource(address.jdbcUrl(), properties));
    }

    /** Takes one row after the other; what it throws ends the export. */
    public interface Rows<T> {
        void add(T row) throws IOException;
    }

    /** In no particular order. @throws UncheckedIOException what {@code rows} threw */
    public void sessions(SessionFilter filter, Rows<SessionView> rows) {
        SessionQuery query = SessionQuery.of(filter);
        stream(SessionViews.SELECT + query.sql(), query.values(), row -> add(rows, SessionViews.view(row)));
    }

    /** In no particular order. @throws UncheckedIOException what {@code rows} threw */
    public void records(RecordFilter filter, Rows<ExportedRecord> rows) {
        SessionQuery query = filter.query();
        stream(ExportedRecord.SELECT + query.sql(), query.values(), row -> add(rows, ExportedRecord.of(row)));
    }

    private void stream(String sql, Object[] values, RowCallbackHandler each) {
        jdbc.execute((Connection connection) -> {
            connection.setReadOnly(true);
            connection.setAutoCommit(false); // without a transaction the driver reads everything at once
            JdbcTemplate cursor = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
            cursor.setFetchSize(ROWS_A_FETCH);
            cursor.query(sql, each, values);
            return null;
        });
    }

    private static <T> void add(Rows<T> rows, T row) {
        try {
            rows.add(row);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
