package io.patchbay.database;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;

/** Tells a database that is not there just now from one that refuses what it is asked. */
public final class DatabaseAway {
    /** SQLSTATE: class 08 no connection; 57P01-57P03 stopping or starting; 53300 no free connection; 25006 a standby. */
    private static final Set<String> STATES = Set.of("57P01", "57P02", "57P03", "53300", "25006");

    private DatabaseAway() {}

    /** @param failure whose causes are looked at too */
    public static boolean is(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState().startsWith("08") || STATES.contains(sql.getSQLState());
            }
            if (cause instanceof SQLTransientConnectionException) {
                // The pool has no connection to give.
                return true;
            }
        }
        return false;
    }
}
