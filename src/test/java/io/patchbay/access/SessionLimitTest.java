package io.patchbay.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.HubTest;
import io.patchbay.access.AccessCounters.Outcome;
import io.patchbay.binding.ChangeFeed;
import io.patchbay.event.Actor;
import io.patchbay.event.EventLog;
import io.patchbay.event.EventType;
import io.patchbay.lab.GivenNas;
import io.patchbay.lab.TestNas;
import io.patchbay.ledger.NasClients;
import io.patchbay.ledger.SubscriberImport;
import io.patchbay.radius.AttributeType;
import io.patchbay.radius.PacketCode;
import io.patchbay.radius.UserPassword;
import io.patchbay.session.GivenSession;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionOperations;

/** A plan that allows one session at a time, over the real socket. Nobody here has a line that could mismatch. */
@HubTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SessionLimitTest {
    private static final String ADDRESS = "127.0.24.1";
    private static final int CALLING_STATION_ID = 31;
    private static final int USER_NAME = 1;
    private static final Instant EARLIER = Instant.now().minusSeconds(3600);

    @Value("${patchbay.radius.auth-port}")
    private int port;

    @Autowired
    private SubscriberImport subscriberImport;

    @Autowired
    private NasClients nasClients;

    @Autowired
    private ChangeFeed feed;

    @Autowired
    private EventLog events;

    @Autowired
    private TransactionOperations transaction;

    @Autowired
    private AccessCounters counters;

    @Autowired
    private DataSource dataSource;

    @Autowired
    private JdbcTemplate jdbc;

    private TestNas nas;

    @BeforeAll
    void population() {
        long tenant = jdbc.queryForObject("select id from tenant where name = 'default'", Long.class);
        nasClients.create(new GivenNas(ADDRESS).of(tenant), Actor.named("test"));
        transaction.executeWithoutResult(status -> {
            long id = jdbc.queryForObject(
                    "insert into plan (tenant_id, name, session_limit) values (?, 'limit-one', 1) returning id",
                    Long.class,
                    tenant);
            events.append(Actor.named("test"), EventType.PLAN_CHANGED, id, Map.of());
        });
        StringBuilder csv = new StringBuilder("username,password,plan\n");
        for (String user : new String[] {"free", "taken", "same-line", "same-mac", "over", "away"}) {
            csv.append("limit-").append(user).append(",secret,limit-one\n");
        }
        assertThat(subscriberImport
                        .run(new StringReader(csv.toString()), Actor.named("test"), "default")
                        .rejected())
                .isEmpty();
        feed.catchUp();
        feed.refreshDirectoryNow();
        nas = new TestNas(ADDRESS, port, GivenNas.SECRET);
    }

    @AfterAll
    void disconnect() {
        nas.close();
    }

    @Test
    void whoHasNoSessionGetsOne() {
        assertThat(answer("free", "limit-olt 1")).isEqualTo(PacketCode.ACCESS_ACCEPT);
    }

    @Test
    void whoHasAsManyAsThePlanAllowsIsRejectedAndTheReasonIsKept() {
        session("taken").circuit("limit-olt 1").store(jdbc);
        assertThat(answer("taken", "limit-olt 2")).isEqualTo(PacketCode.ACCESS_REJECT);
        assertThat(answer("taken", null)).isEqualTo(PacketCode.ACCESS_REJECT);
        Awaitility.await().untilAsserted(() -> assertThat(
                        jdbc.queryForList("select reason from sighting where user_name = 'limit-taken'", String.class))
                .contains("session-limit"));
    }

    @Test
    void aRequestOfTheSameLineReplacesTheOldSession() {
        session("same-line").circuit("limit-olt 1").store(jdbc);
        assertThat(answer("same-line", "limit-olt 1")).isEqualTo(PacketCode.ACCESS_ACCEPT);
    }

    @Test
    void aRequestOfTheSameDeviceReplacesTheOldSession() {
        session("same-mac")
                .circuit("limit-olt 1")
                .mac((byte) 2, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 0x24)
                .store(jdbc);
        assertThat(code(withMac("same-mac", "02-00-00-00-00-24"))).isEqualTo(PacketCode.ACCESS_ACCEPT);
        assertThat(code(withMac("same-mac", "02-00-00-00-00-25"))).isEqualTo(PacketCode.ACCESS_REJECT);
    }

    @Test
    void whatIsOverOrPresumedOverDoesNotCount() {
        session("over").circuit("a").stopped(EARLIER.plusSeconds(60)).store(jdbc);
        session("over")
                .circuit("b")
                .presumedOver(EARLIER, EARLIER.plusSeconds(60), "silent")
                .store(jdbc);
        assertThat(answer("over", "limit-olt 2")).isEqualTo(PacketCode.ACCESS_ACCEPT);
    }

    @Test
    void aDatabaseThatDoesNotAnswerLetsInAndIsCounted() throws SQLException {
        session("away").circuit("limit-olt 1").store(jdbc);
        long before = counters.value(Outcome.SESSIONS_UNCOUNTED);
        byte[] request = nas.pap("limit-away", "secret", "limit-olt 2");
        try (Connection other = dataSource.getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("lock table session in access exclusive mode");
            assertThat(nas.ask(request, Duration.ofSeconds(10)))
                    .hasValueSatisfying(reply -> assertThat(reply.code()).isEqualTo(PacketCode.ACCESS_ACCEPT));
            other.rollback();
        }
        assertThat(counters.value(Outcome.SESSIONS_UNCOUNTED)).isEqualTo(before + 1);
    }

    private GivenSession session(String user) {
        long service = jdbc.queryForObject(
                "select service_id from credential where user_name = ?", Long.class, "limit-" + user);
        return new GivenSession("limit-" + user + System.nanoTime(), EARLIER).of(service, null);
    }

    private int answer(String user, String circuitId) {
        return code(nas.pap("limit-" + user, "secret", circuitId));
    }

    private byte[] withMac(String user, String mac) {
        return nas.request(PacketCode.ACCESS_REQUEST, attributes -> {
            attributes.put(USER_NAME, ascii("limit-" + user));
            attributes.put(
                    AttributeType.USER_PASSWORD,
                    UserPassword.encrypt(nas.secret(), attributes.requestAuthenticator(), ascii("secret")));
            attributes.put(CALLING_STATION_ID, ascii(mac));
        });
    }

    private int code(byte[] request) {
        return nas.ask(request).orElseThrow().code();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
