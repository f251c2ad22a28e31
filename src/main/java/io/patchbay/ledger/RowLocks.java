package io.patchbay.ledger;

import java.util.Map;
import java.util.concurrent.Callable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Work on one thing of the ledger while nobody else changes it: in one transaction that begins by locking its row. Every change
 * locks or writes that row too, so that what is read in the work is what the work changes.
 */
public final class RowLocks {
    /** By the name that the API gives the collection. */
    private static final Map<String, String> TABLES = Map.ofEntries(
            Map.entry("tenants", "tenant"),
            Map.entry("plans", "plan"),
            Map.entry("nas-clients", "nas_client"),
            Map.entry("access-nodes", "access_node"),
            Map.entry("lines", "access_line"),
            Map.entry("subscribers", "subscriber"),
            Map.entry("services", "service"),
            Map.entry("address-pools", "address_pool"),
            Map.entry("vlan-domains", "vlan_domain"),
            Map.entry("vlan-pools", "vlan_pool"));

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;

    public RowLocks(JdbcTemplate jdbc, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /** What the work threw, which was rolled back. */
    private static final class Failed extends RuntimeException {
        Failed(Exception cause) {
            super(cause);
        }
    }

    public static boolean isKnown(String collection) {
        return TABLES.containsKey(collection);
    }

    /** @throws Exception what {@code work} throws; everything is as it was then */
    public <T> T holding(String collection, long id, Callable<T> work) throws Exception {
        try {
            return transaction.execute(status -> {
                jdbc.queryForList("select id from " + TABLES.get(collection) + " where id = ? for update", id);
                try {
                    return work.call();
                } catch (Exception failed) {
                    throw failed instanceof RuntimeException unchecked ? unchecked : new Failed(failed);
                }
            });
        } catch (Failed failed) {
            throw (Exception) failed.getCause();
        }
    }
}
