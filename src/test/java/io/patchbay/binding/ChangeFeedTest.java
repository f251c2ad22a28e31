package io.patchbay.binding;

import static io.patchbay.binding.LedgerFixture.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchbay.line.IdentifierKind;
import io.patchbay.wire.Octets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

class ChangeFeedTest {
    @TempDir
    Path folder;

    private LedgerFixture ledger;

    @BeforeEach
    void openLedger() {
        ledger = new LedgerFixture(folder);
    }

    @Test
    void aTransactionThatCommitsAfterOneWithAHigherNumberIsNotMissed() throws SQLException {
        ledger.feed.loadAll();
        try (Connection slow = transaction();
                Connection quick = transaction()) {
            long first = ledger.service(on(slow), "slow", "c-slow");
            event(on(slow), "service-created", first, null);
            long second = ledger.service(on(quick), "quick", "c-quick");
            event(on(quick), "service-created", second, null);
            quick.commit();

            ledger.feed.catchUp();
            FeedPosition behind = ledger.feed.position();
            slow.commit();
            ledger.feed.catchUp();

            assertThat(ledger.index.byUser(ledger.only("tenant"), "slow").serviceId())
                    .isEqualTo(first);
            assertThat(ledger.index.byUser(ledger.only("tenant"), "quick").serviceId())
                    .isEqualTo(second);
            assertThat(ledger.feed.position()).isNotEqualTo(behind);
        }
    }

    @Test
    void aTransactionThatWasOpenWhileEverythingWasLoadedIsNotMissed() throws SQLException {
        try (Connection open = transaction()) {
            long service = ledger.service(on(open), "late", "c-late");
            event(on(open), "service-created", service, null);
            long committed = ledger.service("early", "c-early");
            event(ledger.jdbc, "service-created", committed, null);

            ledger.feed.loadAll();
            assertThat(ledger.index.size()).isEqualTo(1);
            open.commit();
            ledger.feed.catchUp();
            assertThat(ledger.index.byService(service)).isNotNull();
        }
    }

    @Test
    void aNodeSeesItsOwnChangeAtOnceEvenWhileAnotherTransactionIsOpen() throws SQLException {
        ledger.feed.loadAll();
        try (Connection open = transaction()) {
            event(on(open), "service-changed", 999L, null);
            long service = ledger.service("own", "c-own");
            event(ledger.jdbc, "service-created", service, null);
            ledger.feed.catchUp();
            assertThat(ledger.index.byService(service)).as("held back").isNull();
            ledger.feed.refreshNow(service);
            assertThat(ledger.index.byService(service)).isNotNull();
        }
    }

    @Test
    void everyKindOfChangeReachesTheIndex() {
        long moved = ledger.service("moved", "c-moved");
        long gone = ledger.service("gone", "c-gone");
        ledger.feed.loadAll();

        ledger.jdbc.update("update service set state = 'suspended' where id = ?", moved);
        event(ledger.jdbc, "service-changed", moved, null);
        ledger.jdbc.update("delete from service where id = ?", gone);
        event(ledger.jdbc, "service-removed", gone, null);
        ledger.feed.catchUp();
        assertThat(ledger.index.byService(moved).state()).hasToString("SUSPENDED");
        assertThat(ledger.index.byService(gone)).isNull();
        assertThat(circuit("c-gone")).isEmpty();

        long line = ledger.index.byService(moved).lineId();
        ledger.jdbc.update("update line_identifier set value = ? where line_id = ?", "c-new".getBytes(), line);
        event(ledger.jdbc, "line-changed", null, line);
        ledger.feed.catchUp();
        assertThat(circuit("c-new")).hasSize(1);
        assertThat(circuit("c-moved")).isEmpty();

        long plan = ledger.only("plan");
        ledger.jdbc.update("update plan set rate_down_kbps = 50000 where id = ?", plan);
        event(ledger.jdbc, "plan-changed", null, plan);
        ledger.feed.catchUp();
        assertThat(ledger.index.byService(moved).plan().rateDownKbps()).isEqualTo(50_000);

        long nas = LedgerFixture.id(
                ledger.jdbc,
                "insert into nas_client (name, tenant_id, address, vendor) values ('n', ?, '192.0.2.1', 'generic')"
                        + " returning id",
                ledger.only("tenant"));
        ledger.jdbc.update(
                "insert into nas_secret (nas_client_id, position, sealed) values (?, 1, ?)",
                nas,
                ledger.vault.seal("secret".getBytes(), "nas-secret/" + nas));
        event(ledger.jdbc, "nas-changed", null, nas);
        long node = ledger.only("access_node");
        ledger.jdbc.update("update access_node set nas_client_id = ?, template = 'opaque' where id = ?", nas, node);
        ledger.jdbc.update("update access_line set canonical_circuit_id = 'k' where access_node_id = ?", node);
        event(ledger.jdbc, "access-node-changed", null, node);
        ledger.jdbc.update("update tenant set realms = '{isp.example}'");
        event(ledger.jdbc, "tenant-changed", null, ledger.only("tenant"));
        ledger.feed.catchUp();
        assertThat(ledger.index.directory().nas("n").id()).isEqualTo(nas);
        assertThat(ledger.index.directory().accessNode(node).template()).isEqualTo("opaque");
        assertThat(ledger.index.byService(moved).canonicalCircuitId()).isEqualTo("k");
        assertThat(ledger.index.directory().tenants().getFirst().realms()).containsExactly("isp.example");
    }

    @Test
    void aServiceOfAPlanThatIsNewTooIsTakenInWithIt() {
        ledger.feed.loadAll();
        long plan = LedgerFixture.id(
                ledger.jdbc,
                "insert into plan (tenant_id, name) values (?, 'new') returning id",
                ledger.only("tenant"));
        long service = ledger.service("alice", "c1");
        ledger.jdbc.update("update service set plan_id = ? where id = ?", plan, service);
        ledger.feed.refreshNow(service);
        assertThat(ledger.index.byService(service).plan().name()).isEqualTo("new");
    }

    @Test
    void aServiceOnAnAccessNodeThatIsNewTooIsTakenInWithIt() {
        ledger.feed.loadAll();
        long service = ledger.serviceOnNewNode("alice", "c1", "olt9");
        assertThat(ledger.feed.refreshForMiss(Duration.ofSeconds(1), service)).isTrue();
        long node = ledger.index.byService(service).accessNodeId();
        assertThat(ledger.index.directory().accessNode(node).name()).isEqualTo("olt9");
    }

    @Test
    void whatWasCreatedIsInMemoryAtOnceEvenWhileAnotherTransactionIsOpen() throws SQLException {
        ledger.feed.loadAll();
        try (Connection open = transaction()) {
            event(on(open), "service-changed", 999L, null);
            // Most of so many were removed again meanwhile; they are read some at a time.
            long[] created = LongStream.range(1_000_000, 1_002_500).toArray();
            for (int i : new int[] {0, 1_500, 2_499}) {
                created[i] = ledger.service("own" + i, "c-own" + i);
                event(ledger.jdbc, "service-created", created[i], null);
            }
            ledger.feed.takeInNow(created);
            assertThat(ledger.index.size()).isEqualTo(3);
        }
    }

    @Test
    void aMissDoesNotWaitForWhoeverKeepsTheIndex() throws Exception {
        ledger.feed.loadAll();
        long service = ledger.service("alice", "c1");
        try (Connection locking = transaction()) {
            on(locking).execute("lock table service");
            CompletableFuture<Void> held = CompletableFuture.runAsync(() -> ledger.feed.refreshNow(service));
            await().until(() -> ledger.jdbc.queryForObject(
                    "select exists (select from pg_stat_activity where wait_event_type = 'Lock'"
                            + " and datname = current_database())",
                    Boolean.class));
            assertThat(ledger.feed.refreshForMiss(Duration.ofMillis(50), service))
                    .isFalse();
            locking.rollback();
            held.get(10, TimeUnit.SECONDS);
        }
        assertThat(ledger.feed.refreshForMiss(Duration.ofMillis(50), service)).isTrue();
        assertThat(ledger.index.byService(service)).isNotNull();
    }

    @Test
    void aMissForgetsNobodyElsesMiss() {
        ledger.feed.loadAll();
        NegativeCache.Key key = new NegativeCache.Key.User(1, "bob");
        ledger.negativeCache.putAbsent(key, ledger.negativeCache.generation());
        ledger.feed.refreshForMiss(Duration.ofSeconds(1), ledger.service("alice", "c1"));
        assertThat(ledger.negativeCache.isAbsent(key)).isTrue();
    }

    @Test
    void aNewServiceMakesMissesForgotten() {
        ledger.feed.loadAll();
        NegativeCache.Key key = new NegativeCache.Key.User(1, "alice");
        long before = ledger.negativeCache.generation();
        ledger.negativeCache.putAbsent(key, before);
        assertThat(ledger.negativeCache.isAbsent(key)).isTrue();

        long service = ledger.service("alice", "c1");
        event(ledger.jdbc, "service-created", service, null);
        ledger.feed.catchUp();
        assertThat(ledger.negativeCache.isAbsent(key)).isFalse();
        ledger.negativeCache.putAbsent(key, before);
        assertThat(ledger.negativeCache.isAbsent(key))
                .as("asked before the service came")
                .isFalse();
    }

    @Test
    void theComparisonFindsAndMendsWhatNoEventTold() {
        long changed = ledger.service("changed", "c1");
        long gone = ledger.service("gone", "c2");
        for (int i = 0; i < 50; i++) {
            ledger.service("same" + i, "same" + i);
        }
        ledger.feed.loadAll();
        IndexDigest digest = new IndexDigest(ledger.loader, ledger.index, ledger.feed);
        assertThat(digest.compare()).isZero();

        ledger.jdbc.update(
                "update credential set user_name = 'renamed', sealed = ? where service_id = ?",
                new io.patchbay.ledger.Credentials(ledger.vault)
                        .seal(
                                ledger.only("tenant"),
                                "renamed",
                                new io.patchbay.ledger.Credential(
                                        io.patchbay.ledger.Credential.Scheme.CLEARTEXT, Octets.ofText("pw"))),
                changed);
        ledger.jdbc.update("delete from service where id = ?", gone);
        long added = ledger.service("added", "c3");
        ledger.jdbc.update("update plan set rate_up_kbps = 7");

        assertThat(digest.compare()).isEqualTo(3);
        assertThat(ledger.index.byUser(ledger.only("tenant"), "renamed").serviceId())
                .isEqualTo(changed);
        assertThat(ledger.index.byService(gone)).isNull();
        assertThat(ledger.index.byService(added).plan().rateUpKbps()).isEqualTo(7);
        assertThat(digest.compare()).isZero();
    }

    @Test
    void oneQueryFindsByUserNameOrByAnyReportedName() throws Exception {
        long tenant = ledger.only("tenant");
        long alice = ledger.service("alice", "c1");
        long bob = ledger.service("bob", "c2");
        ledger.jdbc.update(
                "insert into line_identifier select line_id, ?, 'mac', ? from service where id = ?",
                ledger.only("access_node"),
                new byte[] {2, 0, 0, 0, 0, 1},
                bob);
        long nas = LedgerFixture.id(
                ledger.jdbc,
                "insert into nas_client (name, tenant_id, address, vendor) values ('n', ?, '192.0.2.1', 'x') returning id",
                tenant);
        byte[] mac = {2, 0, 0, 0, 0, 1};

        assertThat(find(tenant, "alice", nas, null, null, null, null)).containsExactly(alice);
        assertThat(find(tenant, "nobody", nas, "c1".getBytes(), null, null, mac))
                .containsExactlyInAnyOrder(alice, bob);
        assertThat(find(tenant, "alice", nas, "c1".getBytes(), "r".getBytes(), "p".getBytes(), null))
                .containsExactly(alice);
        assertThat(find(null, null, nas, "c9".getBytes(), null, null, null)).isEmpty();
        assertThat(find(null, null, null, "c1".getBytes(), null, null, null)).isEmpty();

        ledger.jdbc.update("update nas_client set tenant_id = ?", otherTenant());
        assertThat(find(null, null, nas, "c1".getBytes(), null, null, null))
                .as("another tenant's NAS")
                .isEmpty();
        ledger.jdbc.update("update nas_client set tenant_id = ?", tenant);
        ledger.jdbc.update("update access_node set nas_client_id = ?", nas);
        assertThat(find(null, null, nas, "c1".getBytes(), null, null, null)).containsExactly(alice);
        assertThat(find(null, null, -1L, "c1".getBytes(), null, null, null))
                .as("another NAS's access node")
                .isEmpty();
    }

    private long otherTenant() {
        return LedgerFixture.id(ledger.jdbc, "insert into tenant (name) values ('other') returning id");
    }

    private List<Long> find(
            Long tenant, String user, Long nas, byte[] circuitId, byte[] remoteId, byte[] portId, byte[] mac)
            throws Exception {
        return ask("find-service.sql", tenant, user, circuitId, remoteId, portId, mac, nas);
    }

    /** The file's parameters become those of JDBC in the order in which they stand there. */
    private List<Long> ask(String file, Object... parameters) throws Exception {
        try (var in = ChangeFeedTest.class.getResourceAsStream("/sql/" + file)) {
            String sql =
                    new String(in.readAllBytes()).replaceAll("(?m)^--.*$", "").replaceAll(":#\\w+", "?");
            return ledger.jdbc.queryForList(sql, Long.class, parameters);
        }
    }

    private List<Binding> circuit(String circuitId) {
        return ledger.index.byIdentifier(IdentifierKind.CIRCUIT_ID, Octets.ofText(circuitId));
    }

    private Connection transaction() throws SQLException {
        Connection connection = ledger.dataSource.getConnection();
        connection.setAutoCommit(false);
        return connection;
    }

    private static JdbcTemplate on(Connection connection) {
        return new JdbcTemplate(new SingleConnectionDataSource(connection, true));
    }
}
