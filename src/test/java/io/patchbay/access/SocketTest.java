package io.patchbay.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.HubTest;
import io.patchbay.lab.TestNas;
import io.patchbay.radius.PacketCode;
import io.patchbay.radius.RadiusPacket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.apache.camel.CamelContext;
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
        long before = counters.value(AccessCounters.Outcome.MALFORMED);
        nas.send(new byte[] {1});
        nas.send(new byte[0]);
        nas.send(new byte[19]);
        assertAnswers();
        assertThat(counters.value(AccessCounters.Outcome.MALFORMED)).isGreaterThan(before);
    }

    @Test
    void aRequestWithoutReplyDoesNotCloseTheSocket() {
        byte[] forged = nas.pap("nobody", "x", null);
        forged[25] ^= 1;
        assertThat(nas.ask(forged, A_MOMENT)).isEmpty();
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
    void anExceptionInARouteIsNoReplyAndTheNextRequestIsAnswered() throws Exception {
        byte[] request = nas.pap("nobody", "x", null);
        camel.getRouteController().suspendRoute("find-service");
        try {
            assertThat(nas.ask(request, A_MOMENT)).isEmpty();
        } finally {
            camel.getRouteController().resumeRoute("find-service");
        }
        assertThat(nas.ask(request, PATIENCE))
                .as("the same request again, after the fault")
                .isPresent();
        assertAnswers();
    }

    @Test
    void aHundredThousandDamagedPacketsLeaveASocketThatAnswers() {
        Random random = new Random(20260101);
        byte[] whole = nas.pap("nobody", "x", "an-olt eth 0/1:1");
        for (int i = 0; i < 100_000; i++) {
            byte[] damaged = Arrays.copyOf(whole, 1 + random.nextInt(whole.length + 20));
            for (int change = random.nextInt(4); change >= 0; change--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            nas.send(damaged);
        }
        long errors = counters.value(AccessCounters.Outcome.ERROR);
        assertAnswers();
        assertThat(counters.value(AccessCounters.Outcome.ERROR)).isEqualTo(errors);
    }

    @Test
    void anUnknownClientIsIgnored() {
        try (TestNas stranger = new TestNas("127.0.0.77", port, "testing123")) {
            long before = counters.value(AccessCounters.Outcome.UNKNOWN_CLIENT);
            assertThat(stranger.ask(stranger.pap("nobody", "x", null), A_MOMENT))
                    .isEmpty();
            assertThat(counters.value(AccessCounters.Outcome.UNKNOWN_CLIENT)).isGreaterThan(before);
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
