package io.patchbay.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.HubTest;
import io.patchbay.access.AccessCounters.Outcome;
import io.patchbay.lab.DamagedPackets;
import io.patchbay.lab.TestNas;
import io.patchbay.radius.AttributeType;
import io.patchbay.radius.PacketCode;
import io.patchbay.radius.RadiusPacket;
import io.patchbay.radius.UserPassword;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

/** What camel-netty does to a UDP socket when it is let: each trap of the reference, over the real socket. */
@HubTest
class SocketTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** Then a NAS asks again: behind a burst its datagram may not have found room in the socket's buffer. */
    private static final Duration NAS_PATIENCE = Duration.ofSeconds(2);

    private static final Duration A_MOMENT = Duration.ofMillis(300);

    @Value("${patchbay.radius.auth-port}")
    private int port;

    @Autowired
    private AccessCounters counters;

    @Autowired
    private CamelContext camel;

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
    void statusServerIsAnswered() {
        assertAnswers();
    }

    @Test
    void aDatagramThatIsNoPacketDoesNotCloseTheSocket() {
        long before = counters.value(Outcome.MALFORMED);
        nas.send(new byte[] {1});
        nas.send(new byte[0]);
        nas.send(new byte[19]);
        assertAnswers();
        assertThat(counters.value(Outcome.MALFORMED)).isGreaterThan(before);
    }

    @Test
    void aRequestWithoutReplyDoesNotCloseTheSocket() {
        long before = counters.value(Outcome.BAD_MESSAGE_AUTHENTICATOR);
        byte[] forged = nas.request(PacketCode.STATUS_SERVER, attributes -> {});
        forged[25] ^= 1;
        assertThat(nas.ask(forged, A_MOMENT)).isEmpty();
        assertThat(counters.value(Outcome.BAD_MESSAGE_AUTHENTICATOR)).isEqualTo(before + 1);
        assertAnswers();
    }

    @Test
    void aLargeDatagramArrivesWhole() {
        byte[] large = nas.request(PacketCode.STATUS_SERVER, attributes -> {
            for (int i = 0; i < 15; i++) {
                attributes.put(33, new byte[250]);
            }
        });
        assertThat(large.length).isGreaterThan(3_500);
        assertThat(nas.ask(large, PATIENCE)).isPresent();
    }

    @Test
    void anExceptionInARouteIsNoReplyAndTheNextRequestIsAnswered() {
        byte[] overlong = nas.request(PacketCode.ACCESS_REQUEST, attributes -> {
            attributes.put(1, "demo-alice".getBytes(StandardCharsets.US_ASCII));
            attributes.put(
                    AttributeType.USER_PASSWORD,
                    UserPassword.encrypt(
                            nas.secret(),
                            attributes.requestAuthenticator(),
                            "wonderland".getBytes(StandardCharsets.US_ASCII)));
            attributes.putVendor(3561, 1, "demo-olt eth 1/1/1:10".getBytes(StandardCharsets.US_ASCII));
            while (attributes.end() + 255 <= RadiusPacket.MAXIMUM_LENGTH) {
                attributes.put(AttributeType.PROXY_STATE, new byte[253]);
            }
            attributes.put(AttributeType.PROXY_STATE, new byte[RadiusPacket.MAXIMUM_LENGTH - attributes.end() - 2]);
        });
        long before = counters.value(AccessCounters.Outcome.REPLY_TOO_LONG);
        for (int repeat = 1; repeat <= 2; repeat++) {
            assertThat(nas.ask(overlong, A_MOMENT)).isEmpty();
            assertThat(counters.value(AccessCounters.Outcome.REPLY_TOO_LONG))
                    .as("its repeat is tried again")
                    .isEqualTo(before + repeat);
        }
        assertAnswers();
    }

    @Test
    void aStoppedMissLeavesTheDecisionToMemory() throws Exception {
        camel.getRouteController().suspendRoute("find-service");
        try {
            RadiusPacket reply = nas.ask(nas.pap("nobody-" + System.nanoTime(), "x", null), PATIENCE)
                    .orElseThrow();
            assertThat(reply.code()).isEqualTo(PacketCode.ACCESS_REJECT);
        } finally {
            camel.getRouteController().resumeRoute("find-service");
        }
        assertAnswers();
    }

    /**
     * Half are damaged anywhere, header and signature too; half behind the signature and then signed again, so that they
     * reach every step. In windows, each ended by an answer: the kernel drops what an unread socket cannot hold.
     */
    @Test
    void aHundredThousandDamagedPacketsLeaveASocketThatAnswers() {
        DamagedPackets damaged = new DamagedPackets(20260101);
        Map<Outcome, Long> before = outcomes();
        try (TestNas deaf = new TestNas("127.0.0.1", port, "testing123")) {
            for (int window = 0; window < 500; window++) {
                for (int i = 0; i < 100; i++) {
                    deaf.send(damaged.anywhere(damaged.request(deaf)));
                    deaf.send(damaged.signed(deaf));
                }
                assertAnswers();
            }
        }
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> camel.getInflightRepository().size() == 0);

        long ended = Arrays.stream(Outcome.values())
                .filter(outcome -> outcome != Outcome.LEDGER_SILENT && outcome != Outcome.STATUS)
                .mapToLong(outcome -> grown(before, outcome))
                .sum();
        assertThat(ended).as("datagrams that came to an end").isGreaterThan(90_000);
        for (Outcome common :
                new Outcome[] {Outcome.ACCEPT, Outcome.REJECT, Outcome.MALFORMED, Outcome.BAD_MESSAGE_AUTHENTICATOR}) {
            assertThat(grown(before, common)).as(common.name()).isGreaterThan(1_000);
        }
        assertThat(grown(before, Outcome.ERROR)).isZero();
        assertAnswers();
    }

    @Test
    void anUnknownClientIsIgnored() {
        try (TestNas stranger = new TestNas("127.0.0.77", port, "testing123")) {
            long before = counters.value(Outcome.UNKNOWN_CLIENT);
            byte[] status = stranger.request(PacketCode.STATUS_SERVER, attributes -> {});
            assertThat(stranger.ask(status, A_MOMENT)).isEmpty();
            assertThat(counters.value(Outcome.UNKNOWN_CLIENT)).isEqualTo(before + 1);
        }
    }

    @Test
    void aRetransmissionGetsTheVerySameReply() {
        byte[] request = nas.pap("nobody", "x", null);
        RadiusPacket first = nas.ask(request, PATIENCE).orElseThrow();
        RadiusPacket second = nas.ask(request, PATIENCE).orElseThrow();
        assertThat(second.bytes()).isEqualTo(first.bytes());
    }

    @Test
    void aRejectWaitsAndItsRetransmissionsDoNotShortenTheWait() {
        byte[] request = nas.pap("nobody", "x", null);
        long start = System.nanoTime();
        nas.send(request);
        nas.send(request);
        RadiusPacket reply = nas.await(request, PATIENCE).orElseThrow();
        assertThat(reply.code()).isEqualTo(PacketCode.ACCESS_REJECT);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(900));
    }

    private Map<Outcome, Long> outcomes() {
        Map<Outcome, Long> values = new EnumMap<>(Outcome.class);
        for (Outcome outcome : Outcome.values()) {
            values.put(outcome, counters.value(outcome));
        }
        return values;
    }

    private long grown(Map<Outcome, Long> before, Outcome outcome) {
        return counters.value(outcome) - before.get(outcome);
    }

    private void assertAnswers() {
        for (int attempt = 0; attempt < 5; attempt++) {
            byte[] status = nas.request(PacketCode.STATUS_SERVER, attributes -> {});
            Optional<RadiusPacket> reply = nas.ask(status, NAS_PATIENCE);
            if (reply.isPresent()) {
                assertThat(reply.get().code()).isEqualTo(PacketCode.ACCESS_ACCEPT);
                return;
            }
        }
        throw new AssertionError("the socket is deaf");
    }
}
