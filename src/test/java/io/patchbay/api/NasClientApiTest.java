package io.patchbay.api;

import static io.patchbay.api.ProblemTest.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.HubTest;
import io.patchbay.ledger.DynamicAuthorization;
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

    @Test
    void howANasTakesCoaIsSetAndItsSecretNeverShown() {
        Api.Answer made = create("coa", "198.51.100.7", "\"secret\": \"s\"");
        String path = made.http().headers().firstValue("Location").orElseThrow();
        assertThat(made.json().get("coaTransport").asText()).isEqualTo("udp");
        assertThat(made.json().get("coaPort").asInt()).isEqualTo(3799);
        assertThat(made.json().get("ownCoaSecret").asBoolean()).isFalse();

        Api.Answer changed =
                patch(path, "{\"coaPort\": 1700, \"coaAddress\": \"2001:db8::7\", \"coaSecret\": \"the-coa-secret\"}");
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.json().get("coaPort").asInt()).isEqualTo(1700);
        assertThat(changed.json().get("coaAddress").asText()).isEqualTo("2001:db8:0:0:0:0:0:7");
        assertThat(changed.json().get("ownCoaSecret").asBoolean()).isTrue();
        assertThat(changed.http().body()).doesNotContain("the-coa-secret");
        assertThat(stored("coa").dynamicAuthorization().secret()).isEqualTo(Octets.ofText("the-coa-secret"));

        assertThat(patch(path, "{\"coaAddress\": \"\", \"removeCoaSecret\": true, \"coaTransport\": \"off\"}")
                        .status())
                .isEqualTo(200);
        assertThat(stored("coa").dynamicAuthorization())
                .isEqualTo(new DynamicAuthorization(DynamicAuthorization.Transport.OFF, 1700, null, null));
    }

    @Test
    void radsecNeedsTheNameOfTheCertificateAndHasAPortOfItsOwn() {
        String path = create("radsec", "198.51.100.8", "\"secret\": \"s\"")
                .http()
                .headers()
                .firstValue("Location")
                .orElseThrow();
        assertThat(problem(patch(path, "{\"coaTransport\": \"radsec\"}"), 400)).contains("radsecName");
        Api.Answer secured = patch(path, "{\"coaTransport\": \"radsec\", \"radsecName\": \"bng.example.net\"}");
        assertThat(secured.json().get("radsecName").asText()).isEqualTo("bng.example.net");
        assertThat(secured.json().get("coaPort").asInt()).isEqualTo(2083);
        assertThat(problem(patch(path, "{\"radsecName\": \"\"}"), 400)).contains("radsecName");
        assertThat(problem(patch(path, "{\"coaAddress\": \"192.0.2.0/24\"}"), 400))
                .contains("one address");
        assertThat(problem(patch(path, "{\"coaSecret\": \"x\", \"removeCoaSecret\": true}"), 400))
                .contains("not both");
    }

    private Api.Answer patch(String path, String body) {
        return Api.asAdmin(port).send("PATCH", path, JSON, body);
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
