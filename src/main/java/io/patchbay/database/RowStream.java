package io.patchbay.database;

import java.sql.Connection;
import java.util.Properties;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Reads any number of rows in constant memory: by a cursor of the database, over a connection of its own, so that a slow reader
 * holds none that somebody else needs.
 */
public final class RowStream {
    private static final int ROWS_A_FETCH = 1_000;

    private final JdbcTemplate jdbc;

    public RowStream(DatabaseAddress address) {
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

    public void read(String sql, Object[] values, RowCallbackHandler each) {
        jdbc.execute((Connection connection) -> {
            connection.setReadOnly(true);
            connection.setAutoCommit(false); // without a transaction the driver reads everything at once
            JdbcTemplate cursor = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
            cursor.setFetchSize(ROWS_A_FETCH);
            cursor.query(sql, each, values);
            return null;
        });
    }
}
