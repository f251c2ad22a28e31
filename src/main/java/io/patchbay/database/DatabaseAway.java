package io.patchbay.database;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.TransactionException;

/** Tells a database that is not there just now from one that refuses what it is asked. */
public final class DatabaseAway {
    /**
     * SQLSTATE: class 08 no connection; class 53 no disk, memory or connection left; 57P01-57P03 stopping or starting;
     * 25006 a standby.
     */
    private static final Set<String> STATES = Set.of("57P01", "57P02", "57P03", "25006");

    private DatabaseAway() {}

    /** @param failure whose causes are looked at too */
    public static boolean is(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                String state = sql.getSQLState();
                return state.startsWith("08") || state.startsWith("53") || STATES.contains(state);
            }
            if (cause instanceof SQLTransientConnectionException) {
                // The pool has no connection to give.
                return true;
            }
        }
        return false;
    }

    /** The same of what Spring makes of it, and whether trying the same again helps. */
    public static boolean explains(RuntimeException failure) {
        return failure instanceof NonTransientDataAccessResourceException
                || failure instanceof TransientDataAccessException
                || failure instanceof RecoverableDataAccessException
                || failure instanceof TransactionException;
    }
}
