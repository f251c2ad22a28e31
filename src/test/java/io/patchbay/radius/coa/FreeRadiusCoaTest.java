package io.patchbay.radius.coa;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.lab.FreeRadiusCoa;
import io.patchbay.radius.SharedSecret;
import io.patchbay.wire.Octets;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The real FreeRADIUS, which insists on a Message-Authenticator, takes our requests and we take its answers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FreeRadiusCoaTest {
    private static final String SECRET = "known to both";

    private FreeRadiusCoa nas;
    private CoaClient client;

    @BeforeAll
    void start(@TempDir Path folder) {
        FreeRadiusCoa.requireInstalled();
        nas = FreeRadiusCoa.start(folder, SECRET);
        client = new CoaClient(
                new CoaClientSettings(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        2,
                        10,
                        List.of(Duration.ofSeconds(1), Duration.ofSeconds(2)),
                        0.1),
                dropped -> {});
    }

    @AfterAll
    void stop() {
        if (client != null) {
            client.close();
            nas.close();
        }
    }

    @Test
    void itAcknowledgesACoaAndADisconnect() {
        for (CoaRequest.Kind kind : CoaRequest.Kind.values()) {
            CoaResult result = send(kind, FreeRadiusCoa.KNOWN_SESSION, SECRET);
            assertThat(result.outcome()).isEqualTo(new CoaOutcome.Ack());
            assertThat(result.attempts()).singleElement().satisfies(attempt -> assertThat(attempt.roundTrip())
                    .isPositive());
        }
    }

    @Test
    void itRefusesWhatItDoesNotKnowAndSaysWhy() {
        for (CoaRequest.Kind kind : CoaRequest.Kind.values()) {
            assertThat(send(kind, "unheard of", SECRET).outcome())
                    .isEqualTo(new CoaOutcome.Nak(ErrorCause.SESSION_CONTEXT_NOT_FOUND));
        }
    }

    @Test
    void itDoesNotAnswerAnotherSecret() {
        assertThat(send(CoaRequest.Kind.CHANGE, FreeRadiusCoa.KNOWN_SESSION, "known to us alone")
                        .outcome())
                .isEqualTo(new CoaOutcome.NoAnswer());
    }

    private CoaResult send(CoaRequest.Kind kind, String session, String secret) {
        InetSocketAddress to = new InetSocketAddress(InetAddress.getLoopbackAddress(), nas.port());
        return client.send(new CoaRequest(
                        kind,
                        "freeradius",
                        to,
                        new SharedSecret(Octets.ofText(secret)),
                        out -> out.put(44, session.getBytes(StandardCharsets.US_ASCII))))
                .join();
    }
}
