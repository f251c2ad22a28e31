package io.patchbay.converge.nas;

import static io.patchbay.converge.nas.NasConvergenceFixture.lines;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.HubTest;
import io.patchbay.api.Api;
import io.patchbay.binding.BindingIndex;
import io.patchbay.binding.ChangeFeed;
import io.patchbay.converge.ConvergenceReader;
import io.patchbay.event.Actor;
import io.patchbay.event.EventLog;
import io.patchbay.event.EventType;
import io.patchbay.lab.GivenNas;
import io.patchbay.lab.NasSimulator;
import io.patchbay.ledger.DynamicAuthorization;
import io.patchbay.ledger.NasClient;
import io.patchbay.ledger.NasClients;
import io.patchbay.ledger.PlanChanges;
import io.patchbay.ledger.ServiceChanges;
import io.patchbay.ledger.SubscriberImport;
import io.patchbay.radius.PacketCode;
import io.patchbay.radius.coa.CoaOutcome;
import io.patchbay.reply.Fingerprint;
import io.patchbay.wire.Octets;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionOperations;

/** Through the whole hub: a change in the ledger, the feed, the route, the socket, the NAS. */
@HubTest
class CoaThroughTest {
    private static final String COA_SECRET = "for changes only";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    @LocalServerPort
    int port;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    TransactionOperations transaction;

    @Autowired
    EventLog events;

    @Autowired
    ServiceChanges services;

    @Autowired
    PlanChanges plans;

    @Autowired
    SubscriberImport imports;

    @Autowired
    NasClients nasClients;

    @Autowired
    ChangeFeed feed;

    @Autowired
    BindingIndex index;

    @Autowired
    ConvergenceReader convergence;

    @Autowired
    CoaAuditReader audit;

    @Autowired
    SessionDisconnect disconnect;

    private final int number = NUMBER.incrementAndGet();
    private final String address = "127.0.77." + number;
    private final NasSimulator nas = new NasSimulator(address, COA_SECRET).onDisconnected(this::stop);
    private long service;
    private long session;

    @AfterEach
    void close() {
        nas.close();
    }

    @Test
    void anotherRateOfAPlanReachesTheNasWithinASecond() {
        loggedIn();
        long begin = System.nanoTime();
        plans.setRates(
                jdbc.queryForObject("select id from plan where name = ?", Long.class, "coa-" + number),
                60_000,
                10_000,
                null,
                Actor.named("test"));
        Awaitility.await().pollInterval(Duration.ofMillis(5)).until(() -> !nas.received()
                .isEmpty());
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));

        assertThat(nas.received(PacketCode.COA_REQUEST)).hasSize(1);
        assertThat(lines(nas.received().getFirst())).contains("WISPr-Bandwidth-Max-Down = 60000000");
        assertThat(nas.notOurs()).isZero();
        awaitState("done");
    }

    @Test
    void aSuspensionThroughTheApiEndsTheSession() {
        loggedIn();
        Api.Answer suspended = Api.asAdmin(port)
                .post("/api/v1/services/" + service + "/state", "application/json", "{\"state\": \"suspended\"}");
        assertThat(suspended.status()).isEqualTo(204);
        awaitState("done");
        assertThat(nas.received(PacketCode.DISCONNECT_REQUEST)).hasSize(1);
        assertThat(nas.sessions()).isEmpty();
    }

    @Test
    void anotherAddressEndsTheSession() {
        loggedIn();
        transaction.executeWithoutResult(status -> {
            jdbc.update("delete from service_prefix where service_id = ?", service);
            jdbc.update(
                    "insert into service_prefix (service_id, vrf_id, kind, prefix)"
                            + " select ?, id, 'ipv4-address', ?::cidr from vrf where name = 'default'",
                    service,
                    "198.18.77." + (100 + number) + "/32");
            events.append(Actor.named("test"), EventType.SERVICE_CHANGED, service, Map.of());
        });
        awaitState("done");
        assertThat(nas.received(PacketCode.DISCONNECT_REQUEST)).hasSize(1);
        assertThat(nas.received(PacketCode.COA_REQUEST)).isEmpty();
    }

    @Test
    void aNasThatRefusesTheChangeIsAskedToDisconnect() {
        nas.refuse(PacketCode.COA_REQUEST, 405);
        loggedIn();
        services.changePlan(service, "coa-faster-" + number, Actor.named("test"));
        awaitState("done");
        assertThat(nas.received()).hasSize(2);
        assertThat(nas.sessions()).isEmpty();
    }

    @Test
    void aNasThatDoesNotAnswerIsSeenAndCanBeTriedAgain() {
        nas.silent(true);
        loggedIn();
        services.changePlan(service, "coa-faster-" + number, Actor.named("test"));
        awaitState("failed");
        assertThat(convergence.ofService(service).getFirst().reason()).contains("did not answer the CoA-Request");
        assertThat(audit.read(new CoaAuditReader.Filter(session, null, null), Long.MAX_VALUE, 100))
                .isNotEmpty()
                .allMatch(attempt -> attempt.outcome().equals("no-answer"));
        nas.silent(false);
        disconnect.retry(service);
        awaitState("done");
    }

    @Test
    void anOperatorEndsASession() throws Exception {
        loggedIn();
        assertThat(disconnect
                        .disconnectNow(session, Actor.named("ada"))
                        .get(5, TimeUnit.SECONDS)
                        .outcome())
                .isEqualTo(new CoaOutcome.Ack());
        Awaitility.await()
                .until(() -> audit.read(new CoaAuditReader.Filter(session, null, null), Long.MAX_VALUE, 10)
                                .size()
                        == 1);
    }

    private void awaitState(String state) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> convergence.ofService(service).stream()
                .anyMatch(one -> one.state().equals(state)));
    }

    /** A subscriber with a session of today's rates, on a NAS with a CoA secret of its own. */
    private void loggedIn() {
        plan("coa-" + number, 30_000, 10_000);
        plan("coa-faster-" + number, 90_000, 30_000);
        NasClient client = new GivenNas(address).of(jdbc.queryForObject("select min(id) from tenant", Long.class));
        nasClients.create(
                new NasClient(
                        0,
                        client.name(),
                        client.tenantId(),
                        client.address(),
                        client.vendor(),
                        client.secrets(),
                        client.messageAuthenticator(),
                        true,
                        true,
                        client.option82Policy(),
                        client.lineAuthentication(),
                        null,
                        client.unknownPolicy(),
                        client.suspendedPolicy(),
                        client.expiredPolicy(),
                        null,
                        0,
                        new DynamicAuthorization(
                                DynamicAuthorization.Transport.UDP, nas.port(), null, Octets.ofText(COA_SECRET)),
                        null),
                Actor.named("test"));
        String csv = "username,password,circuit_id,ipv4,plan\ncoa-user-" + number + ",pw,coa-circuit-" + number
                + ",198.18.77." + number + ",coa-" + number + "\n";
        assertThat(imports.run(new StringReader(csv), Actor.named("test"), "default")
                        .rejected())
                .isEmpty();
        service = jdbc.queryForObject(
                "select service_id from credential where user_name = ?", Long.class, "coa-user-" + number);
        Awaitility.await().until(() -> {
            feed.catchUp();
            return index.byService(service) != null && index.directory().nas(client.name()) != null;
        });
        session = 770_000_000L + number;
        String acctSessionId = "coa-session-" + number;
        jdbc.update(
                """
                insert into session (id, nas_client_id, nas_name, nas_identity, nas_address, acct_session_id, service_id,
                    user_name, class, started_at, start_seen, last_heard_at)
                select ?, id, name, '', ?::inet, ?, ?, ?, ?, now(), true, now() from nas_client where name = ?""",
                session,
                address,
                acctSessionId.getBytes(StandardCharsets.US_ASCII),
                service,
                "coa-user-" + number,
                NasConvergenceFixture.classOf(service, Fingerprint.of(index.byService(service)))
                        .getBytes(StandardCharsets.US_ASCII),
                client.name());
        nas.session(acctSessionId);
    }

    private void plan(String name, int down, int up) {
        transaction.executeWithoutResult(status -> {
            Long id = jdbc.queryForObject(
                    "insert into plan (tenant_id, name, rate_down_kbps, rate_up_kbps)"
                            + " select min(id), ?, ?, ? from tenant returning id",
                    Long.class,
                    name,
                    down,
                    up);
            events.append(Actor.named("test"), EventType.PLAN_CHANGED, id, Map.of());
        });
    }

    private void stop(String acctSessionId) {
        jdbc.update("update session set ended_at = now(), end_cause = 'admin-reset' where acct_session_id = ?", (Object)
                acctSessionId.getBytes(StandardCharsets.US_ASCII));
    }
}
