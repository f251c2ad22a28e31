package io.patchbay.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.HubTest;
import io.patchbay.lab.TestNas;
import io.patchbay.radius.PacketCode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Whoever asks why a subscriber cannot log in sees his last attempts, each with its reason. */
@HubTest
class AuthenticationApiTest {
    @LocalServerPort
    private int port;

    @Value("${patchbay.radius.auth-port}")
    private int radiusPort;

    @Test
    void aRejectIsFoundWithItsReasonByUserBySubscriberAndInExplain() {
        String csv = "username,password,circuit_id\nlogged-in,right,logged eth 0/1:1\n";
        Api.asAdmin(port).post("/api/v1/subscribers/import", "text/csv", csv);
        try (TestNas nas = new TestNas("127.0.0.1", radiusPort, "testing123")) {
            assertThat(nas.ask(nas.pap("logged-in", "wrong", "logged eth 0/1:1"))
                            .orElseThrow()
                            .code())
                    .isEqualTo(PacketCode.ACCESS_REJECT);
            assertThat(nas.ask(nas.pap("logged-in", "right", "logged eth 0/1:1"))
                            .orElseThrow()
                            .code())
                    .isEqualTo(PacketCode.ACCESS_ACCEPT);
        }
        Awaitility.await().until(() -> attempts("userName=logged-in").size() == 2);

        JsonNode attempts = attempts("userName=logged-in");
        assertThat(attempts.get(0).get("outcome").asText()).isEqualTo("accept");
        assertThat(attempts.get(0).has("reason")).isFalse();
        JsonNode reject = attempts.get(1);
        assertThat(reject.get("outcome").asText()).isEqualTo("reject");
        assertThat(reject.get("reason").asText()).isEqualTo("wrong-password");
        assertThat(reject.get("nas").asText()).isEqualTo("demo");
        assertThat(reject.get("circuitId").asText()).isEqualTo("logged eth 0/1:1");

        JsonNode explained =
                Api.asAdmin(port).get("/api/v1/explain?nas=demo&user=logged-in").json();
        assertThat(explained.get("attempts")).isEqualTo(attempts);
        assertThat(attempts("outcome=reject&subscriberId="
                        + explained.get("subscriberId").asText()))
                .containsExactly(reject);

        Api.Answer first = Api.asAdmin(port).get("/api/v1/authentications?userName=logged-in&limit=1");
        assertThat(attempts(
                        "userName=logged-in&cursor=" + first.json().get("next").asText()))
                .containsExactly(reject);
    }

    private JsonNode attempts(String query) {
        return Api.asAdmin(port).get("/api/v1/authentications?" + query).json().get("items");
    }
}
