package io.patchbay.binding;

import io.patchbay.ledger.Credentials;
import io.patchbay.ledger.NasObservations;
import io.patchbay.ledger.UnreadableSecrets;
import io.patchbay.vault.Vault;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Reads the ledger into the index: everything in one snapshot of the database, or some services. Blocks; throws
 * {@link org.springframework.dao.DataAccessException} when the database is away.
 */
public final class BindingLoader {
    private static final int ROWS_A_FETCH = 2_000;
    private static final int SERVICES_A_QUERY = 1_000;

    private final JdbcTemplate jdbc;
    private final DirectoryReader directoryReader;
    private final Credentials credentials;
    private final UnreadableSecrets unreadable;
    private final NasObservations observations;

    /**
     * @param unreadable told of what does not open
     * @param observations which sources sign: read together with the bindings, for without them nobody may be answered
     */
    public BindingLoader(JdbcTemplate jdbc, Vault vault, UnreadableSecrets unreadable, NasObservations observations) {
        this.jdbc = jdbc;
        this.directoryReader = new DirectoryReader(vault, unreadable);
        this.credentials = new Credentials(vault);
        this.unreadable = unreadable;
        this.observations = observations;
    }

    /**
     * Fills the index anew and makes it complete; what it holds stays in use until then.
     *
     * @return from where changes are to be followed: what is committed later, or was uncommitted when this was read, comes after
     */
    public FeedPosition loadAll(BindingIndex index) {
        return jdbc.execute((Connection connection) -> {
            boolean autoCommit = connection.getAutoCommit();
            int isolation = connection.getTransactionIsolation();
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            try {
                return load(new JdbcTemplate(new SingleConnectionDataSource(connection, true)), index);
            } finally {
                connection.rollback();
                connection.setTransactionIsolation(isolation);
                connection.setAutoCommit(autoCommit);
            }
        });
    }

    private FeedPosition load(JdbcTemplate snapshot, BindingIndex index) {
        snapshot.setFetchSize(ROWS_A_FETCH);
        FeedPosition position = new FeedPosition(oldestRunning(snapshot), 0);
        Directory directory = directoryReader.read(snapshot);
        int expected = snapshot.queryForObject(LedgerQueries.COUNT_SERVICES, Integer.class);
        BindingIndex.Filling filling = index.startFilling(expected);
        LedgerRows rows = new LedgerRows(directory, credentials, unreadable);
        snapshot.query(LedgerQueries.ALL_BINDINGS, row -> {
            filling.add(rows.read(row), row.getInt("version"));
        });
        observations.load(snapshot);
        index.replaceAll(directory, filling);
        return position;
    }

    /** Number of the oldest transaction that still runs, or of the next one: everything below is decided. */
    long oldestRunning() {
        return oldestRunning(jdbc);
    }

    private static long oldestRunning(JdbcTemplate jdbc) {
        return Long.parseUnsignedLong(jdbc.queryForObject(LedgerQueries.POSITION, String.class));
    }

    /** Reads NASes, access nodes, tenants and plans again. */
    public void reloadDirectory(BindingIndex index) {
        index.replaceDirectory(directoryReader.read(jdbc));
    }

    /** Reads these services again; those that are no more leave the index. */
    public void reload(BindingIndex index, Collection<Long> serviceIds) {
        List<Long> left = new ArrayList<>(serviceIds);
        while (!left.isEmpty()) {
            List<Long> some = left.subList(0, Math.min(left.size(), SERVICES_A_QUERY));
            if (!reloadSome(index, some)) {
                reloadDirectory(index);
                if (!reloadSome(index, some)) {
                    throw new IllegalStateException(
                            "A service's plan or access node is not in the ledger, which its constraints forbid.");
                }
            }
            some.clear();
        }
    }

    /** False when a service has a plan or an access node that the directory does not hold yet. */
    private boolean reloadSome(BindingIndex index, List<Long> serviceIds) {
        Set<Long> gone = new HashSet<>(serviceIds);
        boolean[] missing = new boolean[1];
        LedgerRows rows = new LedgerRows(index.directory(), credentials, unreadable);
        query(LedgerQueries.SOME_BINDINGS, serviceIds, row -> {
            Binding binding = rows.read(row);
            gone.remove(row.getLong("id"));
            if (binding == null) {
                missing[0] = true;
            } else {
                index.apply(binding, row.getInt("version"));
            }
        });
        if (!missing[0]) {
            gone.forEach(service -> {
                index.remove(service);
                unreadable.forget(LedgerRows.owner(service));
            });
        }
        return !missing[0];
    }

    /** Runs a query whose one parameter is an array of ids. */
    void query(String sql, Collection<Long> ids, RowCallbackHandler handler) {
        Long[] array = ids.toArray(Long[]::new);
        jdbc.query(
                sql,
                statement -> statement.setArray(1, statement.getConnection().createArrayOf("bigint", array)),
                handler);
    }

    JdbcTemplate jdbc() {
        return jdbc;
    }
}
