package io.patchbay.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.HubTest;
import io.patchbay.access.AccessCounters.Outcome;
import io.patchbay.binding.BindingIndex;
import io.patchbay.binding.ChangeFeed;
import io.patchbay.event.Actor;
import io.patchbay.lab.GivenNas;
import io.patchbay.lab.TestNas;
import io.patchbay.ledger.Credential;
import io.patchbay.ledger.Credentials;
import io.patchbay.ledger.NasClients;
import io.patchbay.radius.PacketCode;
import io.patchbay.wire.Octets;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.api.management.ManagedCamelContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.JdbcTemplate;

/** What memory does not know is asked of the ledger: found, remembered as absent, and never waited for by anybody else. */
@HubTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MissTest {
    private static final String ADDRESS = "127.0.10.1";
    private static final Duration NAS_PATIENCE = Duration.ofSeconds(2);
    /** On the event loop, with a second each, these would keep it for longer than a NAS has patience. */
    private static final int HELD = 6;

    @Value("${patchbay.radius.auth-port}")
    private int port;

    @Autowired
    private NasClients nasClients;

    @Autowired
    private Credentials credentials;

    @Autowired
    private ChangeFeed feed;

    @Autowired
    private BindingIndex index;

    @Autowired
    private AccessCounters counters;

    @Autowired
    private CamelContext camel;

    @Autowired
    private DataSource dataSource;

    @Autowired
    private JdbcTemplate jdbc;

    private long tenant;
    private TestNas nas;

    @BeforeAll
    void connect() {
        tenant = jdbc.queryForObject("select id from tenant where name = 'default'", Long.class);
        nasClients.create(new GivenNas(ADDRESS).of(tenant), Actor.named("test"));
        feed.refreshDirectoryNow();
        nas = new TestNas(ADDRESS, port, GivenNas.SECRET);
    }

    @AfterAll
    void disconnect() {
        nas.close();
    }

    @Test
    void aNameThatMemoryDoesNotKnowIsFoundInTheLedger() {
        insertBehindTheHubsBack("miss-by-name", "the-password", "miss-olt eth 0/1:1");
        assertThat(index.byUser(tenant, "miss-by-name")).isNull();

        assertThat(code(nas.pap("miss-by-name", "wrong", "miss-olt eth 0/1:1"))).isEqualTo(PacketCode.ACCESS_REJECT);
        assertThat(code(nas.pap("miss-by-name", "the-password", "miss-olt eth 0/1:1")))
                .isEqualTo(PacketCode.ACCESS_ACCEPT);
        assertThat(index.byUser(tenant, "miss-by-name")).isNotNull();
    }

    @Test
    void aLineThatMemoryDoesNotKnowIsFoundInTheLedger() {
        insertBehindTheHubsBack("miss-by-line", "the-password", "miss-olt eth 0/1:2");
        assertThat(index.byUser(tenant, "miss-by-line")).isNull();

        byte[] byLine = nas.request(
                PacketCode.ACCESS_REQUEST,
                attributes -> attributes.putVendor(3561, 1, "miss-olt eth 0/1:2".getBytes(StandardCharsets.US_ASCII)));
        assertThat(code(byLine)).isEqualTo(PacketCode.ACCESS_ACCEPT);
    }

    @Test
    void whoIsNowhereIsAskedForOnce() {
        String nobody = "nobody-" + UUID.randomUUID();
        long before = asked();
        assertThat(code(nas.pap(nobody, "x", null))).isEqualTo(PacketCode.ACCESS_REJECT);
        assertThat(asked()).isEqualTo(before + 1);

        assertThat(code(nas.pap(nobody, "y", null))).isEqualTo(PacketCode.ACCESS_REJECT);
        assertThat(code(nas.pap(nobody, "z", null))).isEqualTo(PacketCode.ACCESS_REJECT);
        assertThat(asked()).as("the negative cache answers").isEqualTo(before + 1);
    }

    @Test
    void whoIsKnownIsAnsweredWhileTheLedgerHoldsTheMisses() throws SQLException {
        insertBehindTheHubsBack("miss-known", "the-password", null);
        assertThat(code(nas.pap("miss-known", "the-password", null))).isEqualTo(PacketCode.ACCESS_ACCEPT);
        List<byte[]> misses = new ArrayList<>();
        byte[] known = nas.pap("miss-known", "the-password", null);
        try (Connection other = lockedCredentials()) {
            for (int i = 0; i < HELD; i++) {
                misses.add(nas.pap("held-" + UUID.randomUUID(), "x", null));
            }
            misses.forEach(nas::send);
            awaitHeldQuery(other);

            assertThat(nas.ask(known, NAS_PATIENCE)).isPresent();
            other.rollback();
        }
        // Whoever was held is answered in the end, out of order: each is asked for again.
        misses.forEach(miss -> assertThat(code(miss)).isEqualTo(PacketCode.ACCESS_REJECT));
    }

    @Test
    void aLedgerThatDoesNotAnswerInTimeLeavesTheDecisionToMemory() throws SQLException {
        long before = counters.value(Outcome.LEDGER_SILENT);
        try (Connection other = lockedCredentials()) {
            assertThat(nas.ask(nas.pap("silent-" + UUID.randomUUID(), "x", null), NAS_PATIENCE))
                    .as("an answer before the NAS asks again")
                    .hasValueSatisfying(reply -> assertThat(reply.code()).isEqualTo(PacketCode.ACCESS_REJECT));
            assertThat(counters.value(Outcome.LEDGER_SILENT)).isEqualTo(before + 1);
            other.rollback();
        }
    }

    private int code(byte[] request) {
        return nas.ask(request).orElseThrow().code();
    }

    /** How many requests went through the route that asks the ledger. */
    private long asked() {
        return camel.getCamelContextExtension()
                .getContextPlugin(ManagedCamelContext.class)
                .getManagedRoute("find-service")
                .getExchangesTotal();
    }

    /** A second client of the database, which lets nobody read a credential until it rolls back. */
    private Connection lockedCredentials() throws SQLException {
        Connection connection = dataSource.getConnection();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("lock table credential in access exclusive mode");
        }
        return connection;
    }

    private void awaitHeldQuery(Connection holder) {
        Awaitility.await().pollInterval(Duration.ofMillis(10)).until(() -> {
            try (Statement statement = holder.createStatement();
                    var row = statement.executeQuery("""
                            select count(*) from pg_locks
                            where not granted and relation = 'credential'::regclass""")) {
                return row.next() && row.getInt(1) > 0;
            }
        });
    }

    /** A whole subscriber, without the event that would tell the hub. @param circuitId null for a service without a line */
    private void insertBehindTheHubsBack(String userName, String password, String circuitId) {
        Long line = null;
        if (circuitId != null) {
            line = jdbc.queryForObject("""
                    insert into access_line (access_node_id)
                    select id from access_node where name = 'default' returning id""", Long.class);
            jdbc.update("""
                    insert into line_identifier (line_id, access_node_id, kind, value)
                    select id, access_node_id, 'circuit-id', ? from access_line where id = ?""", Octets.ofText(circuitId).toByteArray(), line);
        }
        Long service = jdbc.queryForObject("""
                with person as (insert into subscriber (tenant_id, external_id) values (?, ?) returning id, tenant_id)
                insert into service (subscriber_id, tenant_id, line_id, plan_id)
                select id, tenant_id, ?, (select min(id) from plan where tenant_id = person.tenant_id) from person
                returning id""", Long.class, tenant, userName, line);
        Credential credential = new Credential(Credential.Scheme.CLEARTEXT, Octets.ofText(password));
        jdbc.update(
                "insert into credential (service_id, tenant_id, user_name, scheme, sealed) values (?, ?, ?, ?, ?)",
                service,
                tenant,
                userName,
                Credentials.word(credential.scheme()),
                credentials.seal(tenant, userName, credential));
    }
}
