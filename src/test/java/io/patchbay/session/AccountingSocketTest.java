package io.patchbay.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.HubTest;
import io.patchbay.lab.TestNas;
import io.patchbay.radius.AttributeType;
import io.patchbay.radius.AttributeWriter;
import io.patchbay.radius.PacketCode;
import io.patchbay.radius.RadiusPacket;
import io.patchbay.session.AccountingCounters.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.JdbcTemplate;

/** Accounting over the real socket into the real database: what is acknowledged is stored, once. */
@HubTest
class AccountingSocketTest {
    private static final Duration A_MOMENT = Duration.ofMillis(500);
    private static final int START = 1;
    private static final int STOP = 2;
    private static final int INTERIM = 3;
    private static final int ON = 7;
    private static final int OFF = 8;

    @Value("${patchbay.radius.acct-port}")
    private int port;

    @Autowired
    private AccountingCounters counters;

    @Autowired
    private JdbcTemplate jdbc;

    private final String session = "as-" + System.nanoTime();
    private TestNas nas;

    @BeforeEach
    void connect() {
        nas = new TestNas("127.0.0.1", port, "testing123");
    }

    @AfterEach
    void disconnect() {
        nas.close();
    }

    @Test
    void aSessionFromStartToStop() {
        acknowledged(START, attributes -> {
            attributes.put(1, ascii("demo-alice"));
            attributes.put(8, new byte[] {(byte) 198, 51, 100, 9});
        });
        assertThat(stored()).containsEntry("ended", false).containsEntry("bytes_down", 0L);

        acknowledged(INTERIM, attributes -> {
            attributes.putInteger(46, 300);
            attributes.putInteger(43, 1_000);
            attributes.putInteger(53, 1);
            attributes.putInteger(42, 77);
        });
        assertThat(stored())
                .containsEntry("bytes_down", (1L << 32) + 1_000)
                .containsEntry("bytes_up", 77L)
                .containsEntry("session_seconds", 300L);

        acknowledged(STOP, attributes -> {
            attributes.putInteger(46, 600);
            attributes.putInteger(43, 5_000);
            attributes.putInteger(53, 1);
            attributes.putInteger(49, 1);
        });
        assertThat(stored())
                .containsEntry("ended", true)
                .containsEntry("presumed", false)
                .containsEntry("bytes_down", (1L << 32) + 5_000)
                .containsEntry("session_seconds", 600L);
        assertThat(kinds()).containsExactly("start", "interim", "stop");
        assertThat(jdbc.queryForObject(
                        "select host(prefix) from session_address join session on id = session_id"
                                + " where acct_session_id = ?",
                        String.class,
                        ascii(session)))
                .isEqualTo("198.51.100.9");
    }

    /** Another identifier, another authenticator, another delay: the packet is new, what it tells is not. */
    @Test
    void whatIsToldAgainWithALargerDelayIsStoredOnce() {
        int event = (int) (System.currentTimeMillis() / 1_000);
        for (int delay : new int[] {0, 3, 6}) {
            acknowledged(START, attributes -> {
                attributes.putInteger(41, delay);
                attributes.putInteger(55, event);
            });
        }

        assertThat(kinds()).containsExactly("start");
        assertThat(sessions()).hasSize(1);
    }

    @Test
    void theSamePacketAgainGetsTheSameAnswer() {
        byte[] request = request(START, attributes -> {});
        RadiusPacket first = nas.ask(request).orElseThrow();
        RadiusPacket second = nas.ask(request).orElseThrow();

        assertThat(second.bytes()).isEqualTo(first.bytes());
        assertThat(kinds()).containsExactly("start");
    }

    @Test
    void proxyStatesComeBackInOrder() {
        RadiusPacket response = nas.ask(request(START, attributes -> {
                    attributes.put(AttributeType.PROXY_STATE, new byte[] {7});
                    attributes.put(AttributeType.PROXY_STATE, new byte[] {1, 2, 3});
                }))
                .orElseThrow();

        assertThat(response.values(AttributeType.PROXY_STATE)).containsExactly(new byte[] {7}, new byte[] {1, 2, 3});
    }

    @Test
    void aWrongAuthenticatorIsDropped() {
        long before = counters.value(Outcome.BAD_AUTHENTICATOR);
        byte[] forged = request(START, attributes -> {});
        forged[10] ^= 1;

        assertThat(nas.ask(forged, A_MOMENT)).isEmpty();
        assertThat(counters.value(Outcome.BAD_AUTHENTICATOR)).isEqualTo(before + 1);
        assertThat(sessions()).isEmpty();
    }

    @Test
    void anUnknownClientIsIgnored() {
        long before = counters.value(Outcome.UNKNOWN_CLIENT);
        try (TestNas stranger = new TestNas("127.0.0.77", port, "testing123")) {
            assertThat(stranger.ask(stranger.request(PacketCode.STATUS_SERVER, attributes -> {}), A_MOMENT))
                    .isEmpty();
        }
        assertThat(counters.value(Outcome.UNKNOWN_CLIENT)).isEqualTo(before + 1);
    }

    /** From an identity of its own, so that it ends no session of another test. */
    @Test
    void accountingOnAndOffEndWhatWasBefore() {
        acknowledged(START, attributes -> attributes.put(32, ascii(session)));
        assertAcknowledged(nas.ask(restart(OFF)));
        assertAcknowledged(nas.ask(restart(ON)));

        assertThat(stored()).containsEntry("ended", true).containsEntry("presumed", true);
        assertThat(jdbc.queryForList(
                        "select kind from nas_restart where nas_identity = ? order by received_at",
                        String.class,
                        session))
                .containsExactly("off", "on");
    }

    @Test
    void statusServerIsAnswered() {
        RadiusPacket response =
                nas.ask(nas.request(PacketCode.STATUS_SERVER, attributes -> {})).orElseThrow();

        assertThat(response.code()).isEqualTo(PacketCode.ACCOUNTING_RESPONSE);
    }

    @Test
    void whatIsNoPacketLeavesASocketThatAnswers() {
        nas.send(new byte[] {4, 1, 0});
        nas.send(new byte[4_000]);
        nas.send(nas.request(PacketCode.ACCESS_REQUEST, attributes -> {}));

        acknowledged(START, attributes -> {});
    }

    private byte[] request(int statusType, Consumer<AttributeWriter> content) {
        return nas.request(PacketCode.ACCOUNTING_REQUEST, attributes -> {
            attributes.putInteger(40, statusType);
            attributes.put(44, ascii(session));
            content.accept(attributes);
        });
    }

    private byte[] restart(int statusType) {
        return nas.request(PacketCode.ACCOUNTING_REQUEST, attributes -> {
            attributes.putInteger(40, statusType);
            attributes.put(32, ascii(session));
        });
    }

    private void acknowledged(int statusType, Consumer<AttributeWriter> content) {
        assertAcknowledged(nas.ask(request(statusType, content)));
    }

    private static void assertAcknowledged(Optional<RadiusPacket> response) {
        assertThat(response)
                .hasValueSatisfying(packet -> assertThat(packet.code()).isEqualTo(PacketCode.ACCOUNTING_RESPONSE));
    }

    private Map<String, Object> stored() {
        List<Map<String, Object>> sessions = sessions();
        assertThat(sessions).hasSize(1);
        return sessions.getFirst();
    }

    private List<Map<String, Object>> sessions() {
        return jdbc.queryForList(
                "select ended_at is not null as ended, presumed, bytes_down, bytes_up, session_seconds from session"
                        + " where acct_session_id = ?",
                ascii(session));
    }

    private List<String> kinds() {
        return jdbc.queryForList(
                "select r.kind from accounting_record r join session s on s.id = r.session_id"
                        + " where s.acct_session_id = ? order by r.received_at",
                String.class,
                ascii(session));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
