package io.patchbay.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.HubTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Every error of the API is a problem (RFC 9457), whoever notices it. */
@HubTest
class ProblemTest {
    private static final String TOKENS = "/api/v1/tokens";
    private static final String JSON = "application/json";

    @LocalServerPort
    int port;

    /** All but the one that NetBox signs. */
    static java.util.List<Contract.Operation> operations() {
        return Contract.load().operations().stream()
                .filter(operation -> !operation.headers().contains("X-Hook-Signature"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void withoutATokenEveryOperationAnswers401(Contract.Operation operation) {
        String path = operation.path().getPatternString().replace("{id}", "1");
        var answer = Api.asAdmin(port).with(null).send(operation.method(), path, null, null);
        assertThat(problem(answer, 401)).contains("Bearer");
        assertThat(answer.http().headers().firstValue("WWW-Authenticate")).hasValue("Bearer realm=\"patchbay\"");
    }

    @Test
    void anUnknownTokenIsNone() {
        assertThat(problem(Api.asAdmin(port).with("no-token-of-ours").get(TOKENS), 401))
                .contains("valid token");
    }

    @Test
    void aRoleThatDoesNotSufficeIsToldWhichDoes() {
        Api viewer = viewer("problem-viewer");
        assertThat(problem(viewer.get(TOKENS), 403))
                .contains("needs the role admin")
                .contains("viewer");
        assertThat(problem(viewer.post("/api/v1/subscribers/import", "text/csv", "username\n"), 403))
                .contains("operator");
        assertThat(viewer.get("/api/v1/subscribers").status()).isEqualTo(200);
    }

    @Test
    void anUnknownPathIs404() {
        assertThat(problem(Api.asAdmin(port).get("/api/v1/nothing"), 404)).contains("/api/v1/nothing");
        assertThat(problem(Api.asAdmin(port).get("/nothing/at/all"), 404)).contains("/nothing/at/all");
    }

    @Test
    void anUnknownThingIs404() {
        assertThat(problem(Api.asAdmin(port).get("/api/v1/subscribers/987654321"), 404))
                .contains("987654321");
    }

    @Test
    void aWrongMethodIs405AndToldTheRightOnes() {
        var answer = Api.asAdmin(port).send("PUT", TOKENS, JSON, "{}");
        assertThat(problem(answer, 405)).contains("GET or POST");
        assertThat(answer.http().headers().firstValue("Allow")).hasValue("GET, POST");
    }

    @Test
    void aBodyOfAnotherTypeIs415() {
        assertThat(problem(Api.asAdmin(port).post(TOKENS, "text/plain", "x"), 415))
                .contains(JSON);
        assertThat(problem(Api.asAdmin(port).post("/api/v1/subscribers/import", JSON, "{}"), 415))
                .contains("text/csv");
    }

    @Test
    void aBodyThatIsTooLargeIs413() {
        String large = "\"" + "x".repeat(65 * 1024) + "\"";
        assertThat(problem(Api.asAdmin(port).post(TOKENS, JSON, large), 413)).contains("65536");
    }

    @Test
    void aBodyThatDoesNotFitTheContractIs400WithEveryError() {
        var answer = Api.asAdmin(port).post(TOKENS, JSON, "{\"name\": \"\", \"role\": \"root\", \"more\": 1}");
        assertThat(problem(answer, 400)).contains("contract");
        assertThat(answer.json().get("errors")).hasSizeGreaterThanOrEqualTo(3);
        assertThat(answer.json().get("errors").toString()).contains("/role", "/name", "more");
    }

    @Test
    void aBodyThatIsNoJsonIs400() {
        assertThat(problem(Api.asAdmin(port).post(TOKENS, JSON, "{"), 400)).contains("contract");
    }

    @Test
    void aParameterThatDoesNotFitIs400() {
        var answer = Api.asAdmin(port).get("/api/v1/subscribers?limit=many");
        problem(answer, 400);
        assertThat(answer.json().get("errors").toString()).contains("limit");
        assertThat(problem(Api.asAdmin(port).get("/api/v1/subscribers?cursor=%25"), 400))
                .contains("cursor");
    }

    @Test
    void answersCarrySecurityHeadersAndNothingOfTheRequest() {
        var answer = Api.asAdmin(port)
                .send("GET", "/api/v1/subscribers", null, null, "X-Request-Thing", "echo", "Accept", "text/plain");
        assertThat(answer.status()).isEqualTo(200);
        var headers = answer.http().headers();
        assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(headers.firstValue("Cache-Control").orElse("")).contains("no-store");
        assertThat(headers.map()).doesNotContainKeys("x-request-thing", "accept", "authorization", "server");
    }

    private Api viewer(String name) {
        var issued = Api.asAdmin(port).post(TOKENS, JSON, "{\"name\": \"" + name + "\", \"role\": \"viewer\"}");
        assertThat(issued.status()).isEqualTo(201);
        return Api.asAdmin(port).with(issued.json().get("secret").asText());
    }

    /** @return its detail */
    static String problem(Api.Answer answer, int status) {
        assertThat(answer.http().body()).isNotEmpty();
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(answer.json().get("status").asInt()).isEqualTo(status);
        assertThat(answer.json().get("title").asText()).isNotEmpty();
        assertThat(answer.http().body()).doesNotContain("Exception", "\tat ");
        return answer.json().get("detail").asText();
    }
}
