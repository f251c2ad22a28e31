package io.patchbay.binding;

import io.patchbay.database.TestDatabase;
import io.patchbay.ledger.Credential;
import io.patchbay.ledger.Credentials;
import io.patchbay.ledger.NasObservations;
import io.patchbay.ledger.UnreadableSecrets;
import io.patchbay.vault.MasterKeys;
import io.patchbay.vault.Vault;
import io.patchbay.wire.Octets;
import java.nio.file.Path;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** A ledger in a real PostgreSQL, written with plain SQL as the ledger's operations would. */
final class LedgerFixture {
    final DataSource dataSource = TestDatabase.fresh();
    final JdbcTemplate jdbc = new JdbcTemplate(dataSource);
    final NasObservations observations = new NasObservations(jdbc, Clock.systemUTC());
    final UnreadableSecrets unreadable = new UnreadableSecrets();
    final Vault vault;
    final BindingLoader loader;
    final BindingIndex index = new BindingIndex();
    final NegativeCache negativeCache = new NegativeCache(100, java.time.Duration.ofMinutes(5));
    final ChangeFeed feed;

    /** @param folder for the master key */
    LedgerFixture(Path folder) {
        vault = new Vault(MasterKeys.loadOrCreate(folder.resolve("master.key")));
        loader = new BindingLoader(jdbc, vault, unreadable, observations);
        feed = new ChangeFeed(loader, loader, index, negativeCache::forgetAll);
    }

    long only(String table) {
        return jdbc.queryForObject("select min(id) from " + table, Long.class);
    }

    /** A service on a line of its own on the default access node, with credential and circuit-id, without an event. */
    long service(String userName, String circuitId) {
        return service(jdbc, userName, circuitId);
    }

    long service(JdbcTemplate on, String userName, String circuitId) {
        long tenant = only("tenant");
        long line = id(on, "insert into access_line (access_node_id) values (?) returning id", only("access_node"));
        on.update(
                "insert into line_identifier (line_id, access_node_id, kind, value) values (?, ?, 'circuit-id', ?)",
                line,
                only("access_node"),
                circuitId.getBytes());
        long subscriber =
                id(on, "insert into subscriber (tenant_id, external_id) values (?, ?) returning id", tenant, userName);
        long service = id(
                on,
                "insert into service (subscriber_id, tenant_id, line_id, plan_id) values (?, ?, ?, ?) returning id",
                subscriber,
                tenant,
                line,
                only("plan"));
        on.update(
                "insert into credential (service_id, tenant_id, user_name, scheme, sealed) values (?, ?, ?, 'cleartext', ?)",
                service,
                tenant,
                userName,
                new Credentials(vault)
                        .seal(tenant, userName, new Credential(Credential.Scheme.CLEARTEXT, Octets.ofText("pw"))));
        return service;
    }

    /** Likewise, on an access node of its own. */
    long serviceOnNewNode(String userName, String circuitId, String nodeName) {
        long service = service(userName, circuitId);
        long line = id(jdbc, "select line_id from service where id = ?", service);
        long node = id(jdbc, "insert into access_node (name) values (?) returning id", nodeName);
        jdbc.update("delete from line_identifier where line_id = ?", line);
        jdbc.update("update access_line set access_node_id = ? where id = ?", node, line);
        jdbc.update(
                "insert into line_identifier (line_id, access_node_id, kind, value) values (?, ?, 'circuit-id', ?)",
                line,
                node,
                circuitId.getBytes());
        return service;
    }

    static void event(JdbcTemplate on, String type, Long serviceId, Long subjectId) {
        on.update(
                "insert into event (actor, type, service_id, subject_id) values ('test', ?, ?, ?)",
                type,
                serviceId,
                subjectId);
        on.queryForRowSet("select pg_notify('patchbay_change', '')");
    }

    static long id(JdbcTemplate on, String sql, Object... parameters) {
        return on.queryForObject(sql, Long.class, parameters);
    }
}
