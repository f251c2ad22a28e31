package io.patchbay.api;

import static io.patchbay.api.ProblemTest.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.HubTest;
import io.patchbay.ledger.NasClient;
import io.patchbay.ledger.NasClients;
import io.patchbay.wire.Octets;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** NAS clients are added, changed and rotated; their secrets go in and never come out. */
@HubTest
class NasClientApiTest {
    private static final String NAS_CLIENTS = "/api/v1/nas-clients";
    private static final String JSON = "application/json";

    @LocalServerPort
    int port;

    @Autowired
    NasClients nasClients;

    @Test
    void aNasIsMadeReadChangedAndItsSecretRotated() {
        Api.Answer made = create("life", "198.51.100.1", "\"secret\": \"first-secret\"");
        assertThat(made.status()).isEqualTo(201);
        String path = made.http().headers().firstValue("Location").orElseThrow();
        Api.Answer read = Api.asAdmin(port).get(path);
        assertThat(read.json()).isEqualTo(made.json());
        assertThat(read.json().get("address").asText()).isEqualTo("198.51.100.1/32");
        assertThat(read.json().get("secrets").asInt()).isEqualTo(1);
        assertThat(read.json().get("messageAuthenticator").asText()).isEqualTo("auto");

        Api.Answer changed =
                Api.asAdmin(port).send("PATCH", path, JSON, "{\"option82Policy\": \"log\", \"rejectDelayMs\": 0}");
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.json().get("option82Policy").asText()).isEqualTo("log");
        assertThat(changed.json().get("rejectDelayMs").asInt()).isZero();
        assertThat(changed.json().get("name").asText()).isEqualTo("life");

        assertThat(Api.asAdmin(port)
                        .post(path + "/secret", JSON, "{\"secret\": \"second-secret\"}")
                        .status())
                .isEqualTo(204);
        assertThat(Api.asAdmin(port).get(path).json().get("secrets").asInt()).isEqualTo(2);
        assertThat(Api.asAdmin(port)
                        .send("DELETE", path + "/old-secret", null, null)
                        .status())
                .isEqualTo(204);
        assertThat(Api.asAdmin(port)
                        .send("DELETE", path + "/signing", null, null)
                        .status())
                .isEqualTo(204);
        Api.Answer rotated = Api.asAdmin(port).get(path);
        assertThat(rotated.json().get("secrets").asInt()).isEqualTo(1);
        assertThat(rotated.http().body()).doesNotContain("-secret\"");
        assertThat(Api.asAdmin(port).get(NAS_CLIENTS).http().body())
                .contains("\"life\"")
                .doesNotContain("second-secret");
    }

    @Test
    void anEmptyCommonPasswordIsNoneAndASetOneIsRemoved() {
        problem(create("empty", "198.51.100.6", "\"secret\": \"s\", \"commonPassword\": \"\""), 400);
        Api.Answer made = create("common", "198.51.100.6", "\"secret\": \"s\", \"commonPassword\": \"c\"");
        String path = made.http().headers().firstValue("Location").orElseThrow();
        problem(Api.asAdmin(port).send("PATCH", path, JSON, "{\"commonPassword\": \"\"}"), 400);
        assertThat(problem(
                        Api.asAdmin(port)
                                .send(
                                        "PATCH",
                                        path,
                                        JSON,
                                        "{\"commonPassword\": \"c\", \"removeCommonPassword\": true}"),
                        400))
                .contains("not both");
        assertThat(stored("common").commonPassword()).isEqualTo(Octets.ofText("c"));
        assertThat(Api.asAdmin(port)
                        .send("PATCH", path, JSON, "{\"removeCommonPassword\": true}")
                        .status())
                .isEqualTo(200);
        assertThat(stored("common").commonPassword()).isNull();
    }

    @Test
    void aTwinIsRefused() {
        create("twin", "198.51.100.2", "\"secret\": \"s\"");
        assertThat(problem(create("twin", "198.51.100.3", "\"secret\": \"s\""), 409))
                .contains("twin");
    }

    @Test
    void whatNoProfileOrTemplateKnowsIsRefusedByName() {
        assertThat(problem(create("vendor", "198.51.100.4", "\"secret\": \"s\", \"vendor\": \"acme\""), 400))
                .contains("acme", "generic");
        assertThat(problem(
                        create("template", "198.51.100.4", "\"secret\": \"s\", \"portTemplate\": \"none-such\""), 400))
                .contains("none-such");
        assertThat(problem(create("address", "198.51.100.256", "\"secret\": \"s\""), 400))
                .contains("198.51.100.256");
    }

    @Test
    void aNasWithoutASecretDoesNotFitTheContract() {
        Api.Answer answer = create("bare", "198.51.100.5", "\"vendor\": \"generic\"");
        problem(answer, 400);
        assertThat(answer.json().get("errors").toString()).contains("secret");
    }

    private NasClient stored(String name) {
        return nasClients.all().stream()
                .filter(nas -> nas.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Api.Answer create(String name, String address, String more) {
        return Api.asAdmin(port)
                .post(
                        NAS_CLIENTS,
                        JSON,
                        "{\"name\": \"" + name + "\", \"address\": \"" + address + "\", " + more + "}");
    }
}
