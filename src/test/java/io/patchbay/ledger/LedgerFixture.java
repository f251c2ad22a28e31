package io.patchbay.ledger;

import io.patchbay.event.Actor;
import io.patchbay.event.EventLog;
import io.patchbay.vault.MasterKeys;
import io.patchbay.vault.Vault;
import io.patchbay.wire.Octets;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The ledger's parts on one test database, wired as the hub wires them. */
final class LedgerFixture {
    final JdbcTemplate jdbc;
    final TransactionTemplate transaction;
    final EventLog events;
    final Vault vault;
    final Credentials credentials;
    final SubscriberImport subscriberImport;

    LedgerFixture(DataSource database) {
        jdbc = new JdbcTemplate(database);
        transaction = new TransactionTemplate(new JdbcTransactionManager(database));
        events = new EventLog(jdbc);
        vault = new Vault(MasterKeys.loadOrCreate(temporaryFolder().resolve("master.key")));
        credentials = new Credentials(vault);
        subscriberImport = new SubscriberImport(
                jdbc, transaction, events, credentials, LedgerFixture::canonicalKey, Set.of("tr-101", "opaque"));
    }

    ImportResult load(String... lines) {
        return imported(lines).result();
    }

    Imported imported(String... lines) {
        return subscriberImport.store(new StringReader(String.join("\n", lines)), Actor.named("test"), "default");
    }

    long count(String fromAndWhere, Object... parameters) {
        return jdbc.queryForObject("select count(*) from " + fromAndWhere, Long.class, parameters);
    }

    /** @param table with its where clause */
    long only(String table) {
        return jdbc.queryForObject("select id from " + table, Long.class);
    }

    /** Runs something in a transaction that is rolled back: tests that leave nothing behind may share a database. */
    void undone(Runnable action) {
        transaction.executeWithoutResult(status -> {
            status.setRollbackOnly();
            action.run();
        });
    }

    /** A stand-in for the templates of the line room: what follows "key=". */
    private static String canonicalKey(String template, Octets circuitId) {
        int key = circuitId.text().indexOf("key=");
        return key < 0 ? null : template + " " + circuitId.text().substring(key + 4);
    }

    private static Path temporaryFolder() {
        try {
            Path folder = Files.createTempDirectory("patchbay");
            folder.toFile().deleteOnExit();
            return folder;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
