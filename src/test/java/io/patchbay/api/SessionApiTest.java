package io.patchbay.api;

import static io.patchbay.api.ProblemTest.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchbay.HubTest;
import io.patchbay.session.GivenSession;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;

/** Sessions, their records and their exports, over real HTTP. */
@HubTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SessionApiTest {
    private static final Instant NOON = Instant.parse("2001-11-01T12:00:00Z");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String EXPORTING =
            "select count(*) from pg_stat_activity where application_name = 'patchbay-export'";

    @LocalServerPort
    int port;

    @Autowired
    JdbcTemplate jdbc;

    private long first;

    @BeforeAll
    void sessions() {
        jdbc.execute("create table accounting_of_2001 partition of accounting_record"
                + " for values from ('2001-11-01') to ('2001-11-02')");
        first = new GivenSession("api-0", NOON)
                .nas(801, "api-bng")
                .user("api,\"zero\"")
                .nasClock(NOON.plusSeconds(7))
                .holds("ipv4-address", "198.18.80.1/32")
                .holdsPorts("198.18.81.1/32", 1024, 2047)
                .stopped(NOON.plusSeconds(600))
                .store(jdbc);
        jdbc.update(
                "insert into accounting_record (session_id, received_at, event_at, kind, bytes_down)"
                        + " values (?, '2001-11-01T12:00:00Z', '2001-11-01T12:00:07Z', 'start', 0),"
                        + " (?, '2001-11-01T12:10:00Z', null, 'stop', 5000000000)",
                first,
                first);
        for (int i = 1; i < 5; i++) {
            new GivenSession("api-" + i, NOON.plusSeconds(i))
                    .nas(801, "api-bng")
                    .store(jdbc);
        }
    }

    @Test
    void sessionsComeThePageTheNewestFirst() {
        JsonNode page = get("/sessions?nas=api-bng&limit=3").json();
        assertThat(page.get("items").findValuesAsText("acctSessionId")).containsExactly("api-4", "api-3", "api-2");
        JsonNode rest = get("/sessions?nas=api-bng&limit=3&cursor="
                        + page.get("next").asText())
                .json();
        assertThat(rest.get("items").findValuesAsText("acctSessionId")).containsExactly("api-1", "api-0");
        assertThat(rest.has("next")).isFalse();
        assertThat(get("/sessions?nas=api-bng&state=ended").json().get("items")).hasSize(1);
        assertThat(get("/sessions?address=198.18.80.0/24&from=2001-11-01T12:05:00Z")
                        .json()
                        .get("items"))
                .hasSize(1);
    }

    @Test
    void aSessionAndItsRecordsAreRead() {
        JsonNode session = get("/sessions/" + first).json();
        assertThat(session.get("state").asText()).isEqualTo("ended");
        assertThat(session.get("startedAt").asText()).isEqualTo("2001-11-01T12:00:00Z");
        assertThat(session.get("nasStartedAt").asText()).isEqualTo("2001-11-01T12:00:07Z");
        assertThat(session.get("addresses")).hasSize(2);
        JsonNode records = get("/sessions/" + first + "/records").json().get("items");
        assertThat(records.findValuesAsText("kind")).containsExactly("start", "stop");
        assertThat(records.get(1).get("bytesDown").asLong()).isEqualTo(5_000_000_000L);
        problem(get("/sessions/1"), 404);
        problem(get("/sessions/1/records"), 404);
    }

    @Test
    void whatCannotBeReadIsToldByName() {
        assertThat(problem(get("/sessions?from=yesterday"), 400)).contains("contract");
        assertThat(problem(get("/sessions?address=192.0.2"), 400)).contains("address");
        assertThat(problem(get("/sessions?mac=12"), 400)).contains("mac");
        problem(get("/sessions?state=dead"), 400);
        problem(get("/sessions?cursor=nonsense"), 400);
    }

    @Test
    void theCountIsThatOfTheWriters() {
        long before = get("/accounting/count").json().get("count").asLong();
        jdbc.update("insert into accounting_count (writer, records) values ('api-test-1', 40), ('api-test-2', 2)");
        assertThat(get("/accounting/count").json().get("count").asLong()).isGreaterThanOrEqualTo(before + 42);
    }

    @Test
    void sessionsAreExportedAsCsvUnlessToldOtherwise() {
        HttpResponse<String> answer = get("/sessions/export?nas=api-bng").http();
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/csv;charset=utf-8");
        assertThat(answer.headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename=\"sessions.csv\"");
        assertThat(answer.body().lines())
                .hasSize(6)
                .first()
                .asString()
                .startsWith("id,state,nas,")
                .endsWith(",endedAt,endCause,addresses");
        assertThat(answer.body())
                .contains("\"api,\"\"zero\"\"\"")
                .contains("ipv4-address=198.18.80.1/32 public-ipv4-ports=198.18.81.1/32:1024-2047");
        assertThat(get("/sessions/export?nas=nobody").http().body())
                .startsWith("id,state")
                .hasLineCount(1);
    }

    @Test
    void theFormatFollowsTheQueryAndThenAccept() throws Exception {
        assertThat(get("/sessions/export?nas=api-bng&format=jsonl").contentType())
                .isEqualTo("application/x-ndjson;charset=utf-8");
        Api.Answer accepted = Api.asAdmin(port)
                .send("GET", "/api/v1/accounting/export?nas=api-bng", null, null, "Accept", "application/x-ndjson");
        assertThat(accepted.contentType()).isEqualTo("application/x-ndjson;charset=utf-8");
        assertThat(accepted.http().body().lines()).hasSize(2).allSatisfy(line -> {
            JsonNode row = JSON.readTree(line);
            assertThat(row.get("sessionId").asLong()).isEqualTo(first);
            assertThat(row.get("nas").asText()).isEqualTo("api-bng");
            assertThat(row.get("receivedAt").asText()).startsWith("2001-11-01T12:");
        });
        assertThat(get("/accounting/export?nas=api-bng").http().body())
                .startsWith("sessionId,kind,receivedAt,")
                .contains(first + ",stop,2001-11-01T12:10:00Z,,0,,5000000000,");
        problem(get("/sessions/export?format=xml"), 400);
    }

    @Test
    void anExportThatNobodyReadsEndsAndOneThatFailsIsNoWholeAnswer() throws Exception {
        jdbc.update("""
                insert into session (id, nas_client_id, nas_name, nas_identity, nas_address, acct_session_id, started_at,
                    start_seen, last_heard_at)
                select 700000000 + n, 802, 'api-many', 'api-many', '192.0.2.1', n::text::bytea, '2001-11-02', true, '2001-11-02'
                from generate_series(1, 200000) n""");
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + port + "/api/v1/sessions/export?nas=api-many"))
                .header("Authorization", "Bearer " + HubTest.ADMIN_TOKEN)
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<InputStream> left = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            assertThat(left.body().readNBytes(100)).hasSize(100);
            left.body().close();
            Awaitility.await().untilAsserted(() -> assertThat(jdbc.queryForObject(EXPORTING, Integer.class))
                    .isZero());

            HttpResponse<InputStream> broken = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            assertThat(broken.body().readNBytes(100)).hasSize(100);
            jdbc.queryForList("select pg_terminate_backend(pid) from pg_stat_activity"
                    + " where application_name = 'patchbay-export'");
            assertThatThrownBy(() -> broken.body().transferTo(java.io.OutputStream.nullOutputStream()))
                    .isInstanceOf(java.io.IOException.class);
            assertThat(get("/sessions/export?nas=api-many").http().body()).hasLineCount(200_001);
        }
        jdbc.update("delete from session where nas_client_id = 802");
    }

    @Test
    void whoHeldAnAddressIsToldWithItsDoubts() {
        JsonNode answer = get("/address-holders?address=198.18.81.1&at=2001-11-01T12:05:00Z")
                .json();
        assertThat(answer.get("from").asText()).isEqualTo("2001-11-01T12:05:00Z");
        assertThat(answer.get("holders")).hasSize(1);
        JsonNode holder = answer.get("holders").get(0);
        assertThat(holder.get("sessionId").asLong()).isEqualTo(first);
        assertThat(holder.get("certain").asBoolean()).isFalse();
        assertThat(holder.get("doubts").toString()).contains("Ask with the port", "7 s ahead");
        JsonNode none =
                get("/address-holders?address=198.18.81.1&port=80&from=2001-11-01T12:05:00Z&to=2001-11-01T12:06:00Z")
                        .json();
        assertThat(none.get("holders")).isEmpty();
        assertThat(none.get("notes").get(0).asText()).contains("does not prove");
        assertThat(none.get("reach").findValuesAsText("source")).contains("accounting", "ledger");
        problem(get("/address-holders?at=2001-11-01T12:05:00Z"), 400);
        problem(get("/address-holders?address=192.0.2.1&at=2001-11-01T12:05:00Z&from=2001-11-01T12:05:00Z"), 400);
        problem(get("/address-holders?address=192.0.2.1&from=2001-11-01T12:05:00Z&to=2001-11-01T12:00:00Z"), 400);
        problem(get("/address-holders?address=192.0.2.1&port=70000"), 400);
    }

    @Test
    void anEndThatTheNasDoesNotConfirmIsNone() {
        long nas = nas("coa-off", "198.51.100.71");
        long session =
                new GivenSession("api-disconnect", NOON).nas(nas, "coa-off").store(jdbc);
        Api.Answer answer = Api.asAdmin(port).send("POST", "/api/v1/sessions/" + session + "/disconnect", null, null);
        problem(answer, 409);
        Awaitility.await().untilAsserted(() -> {
            JsonNode attempts = get("/coa-attempts?sessionId=" + session).json().get("items");
            assertThat(attempts).hasSize(1);
            assertThat(attempts.get(0).get("outcome").asText()).isEqualTo("unsendable");
            assertThat(attempts.get(0).get("actor").asText()).isEqualTo("admin");
        });
        problem(Api.asAdmin(port).send("POST", "/api/v1/sessions/" + first + "/disconnect", null, null), 404);
    }

    @Test
    void aServiceThatNeverChangedHasNothingToBring() {
        assertThat(get("/services/999999/convergence").json().get("items")).isEmpty();
        problem(Api.asAdmin(port).send("POST", "/api/v1/services/999999/convergence/retry", null, null), 404);
    }

    private long nas(String name, String address) {
        return Api.asAdmin(port)
                .post(
                        "/api/v1/nas-clients",
                        "application/json",
                        "{\"name\": \"" + name + "\", \"address\": \"" + address
                                + "\", \"secret\": \"s\", \"coaTransport\": \"off\"}")
                .json()
                .get("id")
                .asLong();
    }

    private Api.Answer get(String path) {
        return Api.asAdmin(port).get("/api/v1" + path);
    }
}
