package io.patchbay.session;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Ids of new sessions, taken from the database a thousand at a time; what a stopped hub had left is never used. */
final class SessionIds {
    private static final int BLOCK = 1_000;

    private long next;
    private long end;

    synchronized long next(Connection connection) throws SQLException {
        if (next == end) {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("select nextval('session_id_block')")) {
                row.next();
                next = row.getLong(1);
                end = next + BLOCK;
            }
        }
        return next++;
    }
}
