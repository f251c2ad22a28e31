package io.patchbay.api;

import static io.patchbay.api.ProblemTest.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.HubTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;

/** Workflows through the API: what was previewed is done, and the very next reply shows it. */
@HubTest
class WorkflowApiTest {
    @LocalServerPort
    int port;

    @Autowired
    JdbcTemplate jdbc;

    @Test
    void aServiceLivesFromItsActivationToItsEnd() {
        long plan = plan("workflow-plan", "203.0.113.16/29", "2001:db8:77::/60");
        assertThat(plan).isPositive();
        String node = node("workflow-olt");
        String nas = nas("workflow-nas", "192.0.2.177");
        long service = service("workflow-user", "workflow-plan");
        String activate = "{\"kind\": \"activate\", \"serviceId\": " + service
                + ", \"wishes\": {\"line\": {\"accessNode\": \"" + node + "\", \"circuitId\": \"workflow 1/1\"}}%s}";

        Api.Answer preview = post("/api/v1/workflows/preview", activate.formatted(""));
        assertThat(preview.status()).as(preview.http().body()).isEqualTo(200);
        assertThat(preview.json().get("steps").findValuesAsText("action"))
                .containsExactly("make-line", "bind-line", "assign-ipv4", "enable-ipv6", "set-state");
        String fingerprint = preview.json().get("fingerprint").asText();

        Api.Answer applied =
                post("/api/v1/workflows", activate.formatted(", \"fingerprint\": \"" + fingerprint + "\""));
        assertThat(applied.status()).as(applied.http().body()).isEqualTo(200);
        assertThat(applied.json().get("state").asText())
                .as(applied.http().body())
                .isEqualTo("done");
        JsonNode explained = explain(nas, service);
        assertThat(explained.get("decision").asText()).isEqualTo("grant");
        assertThat(explained.get("reply").toString()).contains("203.0.113.16", "2001:db8:77");
        assertThat(explained.get("ipv6").get("state").asText()).isEqualTo("allocated");
        assertThat(explained.get("workflows")).isEmpty();

        Api.Answer again = post("/api/v1/workflows", activate.formatted(", \"fingerprint\": \"" + fingerprint + "\""));
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.json().get("preview").get("conflicts").toString()).contains("is for one that is pending");

        Api.Answer renumbered = post(
                "/api/v1/workflows",
                "{\"kind\": \"renumber\", \"serviceId\": " + service + ", \"wishes\": {\"families\": [\"ipv4\"]}}");
        assertThat(renumbered.json().get("state").asText())
                .as(renumbered.http().body())
                .isEqualTo("done");
        assertThat(explain(nas, service).get("reply").toString())
                .contains("203.0.113.17")
                .doesNotContain("203.0.113.16");

        post("/api/v1/workflows", "{\"kind\": \"suspend\", \"serviceId\": " + service + "}");
        assertThat(explain(nas, service).get("reason").asText()).isEqualTo("suspended");

        Api.Answer ended = post("/api/v1/workflows", "{\"kind\": \"terminate\", \"serviceId\": " + service + "}");
        // Sessions that are about to start with it are waited for.
        assertThat(ended.status()).as(ended.http().body()).isEqualTo(202);
        assertThat(ended.json().get("state").asText()).isEqualTo("waiting");
        assertThat(ended.json().get("detail").asText()).isEqualTo("Not everybody has let go of IPv6 yet.");
        JsonNode waiting = explain(nas, service);
        assertThat(waiting.get("workflows").findValuesAsText("kind")).containsExactly("terminate");
        assertThat(waiting.get("ipv6").get("state").asText()).isEqualTo("revoking");
        assertThat(problem(post("/api/v1/workflows", "{\"kind\": \"resume\", \"serviceId\": " + service + "}"), 409))
                .contains("(terminate, by ");
        JsonNode address = Api.asAdmin(port)
                .get("/api/v1/explain?nas=" + nas + "&address=203.0.113.16")
                .json();
        assertThat(address.get("sentence").asText()).isEqualTo("Nobody has 203.0.113.16/32.");
        assertThat(address.get("address").get("pool").asText()).isEqualTo("workflow-plan v4");
        assertThat(address.get("addressHistory").get(0).get("holder").asText()).isEqualTo("workflow-user");
        Api.Answer listed = Api.asAdmin(port).get("/api/v1/workflows?serviceId=" + service);
        assertThat(listed.json().get("items").findValuesAsText("kind"))
                .containsExactly("terminate", "suspend", "renumber", "activate");
    }

    @Test
    void anUnknownLineIsBoundToTheOrderThatWaitsForIt() throws Exception {
        String node = node("zero-touch-olt");
        long service = service("zero-touch-user", "default");
        Api.Answer order = Api.asAdmin(port)
                .send(
                        "PUT",
                        "/api/v1/services/" + service + "/order",
                        "application/json",
                        "{\"accessNode\": \"" + node + "\", \"circuitId\": \"zero-touch 7/7\"}");
        assertThat(order.status()).as(order.http().body()).isEqualTo(200);
        assertThat(Api.asAdmin(port).get("/api/v1/orders?limit=1000").http().body())
                .contains("zero-touch 7/7");
        long sighting = sighting("zero-touch 7/7");

        JsonNode line = null;
        for (JsonNode one :
                Api.asAdmin(port).get("/api/v1/unknown-lines?limit=1000").json().get("items")) {
            line = one.get("sightingId").asLong() == sighting ? one : line;
        }
        assertThat(line).isNotNull();
        assertThat(line.get("matches")).hasSize(1);
        assertThat(line.get("matches").get(0).get("strength").asText()).isEqualTo("strong");
        assertThat(line.get("matches").get(0).get("reasons").toString())
                .contains("The circuit-id zero-touch 7/7 is the expected one.");

        Api.Answer bound = post("/api/v1/unknown-lines/" + sighting + "/bind", "{}");
        assertThat(bound.status()).as(bound.http().body()).isEqualTo(200);
        assertThat(bound.json().get("state").asText()).isEqualTo("done");
        assertThat(jdbc.queryForObject(
                        "select s.state || ' ' || n.name from service s join access_line l on l.id = s.line_id"
                                + " join access_node n on n.id = l.access_node_id where s.id = ?",
                        String.class,
                        service))
                .isEqualTo("active zero-touch-olt");
        assertThat(problem(post("/api/v1/unknown-lines/" + sighting + "/bind", "{}"), 404))
                .contains("lives on it by now");
    }

    private Api.Answer post(String path, String body) {
        return Api.asAdmin(port).post(path, "application/json", body);
    }

    private JsonNode explain(String nas, long service) {
        return Api.asAdmin(port)
                .get("/api/v1/explain?nas=" + nas + "&serviceId=" + service)
                .json();
    }

    private long plan(String name, String ipv4, String wan) {
        long v4 = pool(name + " v4", "ipv4-address", 32, ipv4);
        long v6 = pool(name + " v6", "ipv6-wan-prefix", 64, wan);
        return jdbc.queryForObject(
                "insert into plan (tenant_id, name, ipv4_address_pool_id, ipv6_wan_pool_id, ipv6_mode)"
                        + " select id, ?, ?, ?, 'slaac' from tenant where name = 'default' returning id",
                Long.class,
                name,
                v4,
                v6);
    }

    private long pool(String name, String kind, int length, String block) {
        long pool = jdbc.queryForObject(
                "insert into address_pool (name, vrf_id, kind, assigned_length)"
                        + " select ?, id, ?, ? from vrf where name = 'default' returning id",
                Long.class,
                name,
                kind,
                length);
        jdbc.update(
                "insert into address_block (pool_id, vrf_id, prefix) select ?, id, ?::cidr from vrf where name = 'default'",
                pool,
                block);
        return pool;
    }

    private String node(String name) {
        assertThat(post("/api/v1/access-nodes", "{\"name\": \"" + name + "\"}").status())
                .isEqualTo(201);
        return name;
    }

    private String nas(String name, String address) {
        assertThat(post(
                                "/api/v1/nas-clients",
                                "{\"name\": \"" + name + "\", \"address\": \"" + address
                                        + "\", \"secret\": \"s\", \"option82Trusted\": true}")
                        .status())
                .isEqualTo(201);
        return name;
    }

    /** Pending, without a line. */
    private long service(String userName, String plan) {
        long service = jdbc.queryForObject(
                "with b as (insert into subscriber (tenant_id, external_id) select id, ? from tenant where name = 'default'"
                        + " returning id, tenant_id) insert into service (subscriber_id, tenant_id, plan_id, state)"
                        + " select b.id, b.tenant_id, p.id, 'pending' from b join plan p on p.tenant_id = b.tenant_id"
                        + " where p.name = ? returning id",
                Long.class,
                userName,
                plan);
        Api.Answer credential = Api.asAdmin(port)
                .send(
                        "PUT",
                        "/api/v1/services/" + service + "/credential",
                        "application/json",
                        "{\"userName\": \"" + userName + "\", \"password\": \"pw\"}");
        assertThat(credential.status()).as(credential.http().body()).isBetween(200, 204);
        return service;
    }

    /** As the RADIUS path writes one when a request comes over a line that nobody has. */
    private long sighting(String circuitId) {
        return jdbc.queryForObject(
                "insert into sighting (fingerprint, nas_client_id, nas_name, reason, outcome, circuit_id, first_seen, last_seen,"
                        + " times) select sha256(?), id, name, 'unknown-line', 'reject', ?, now(), now(), 1"
                        + " from nas_client where name = 'demo-generic' or address = '127.0.0.1' limit 1 returning id",
                Long.class,
                circuitId.getBytes(),
                circuitId.getBytes());
    }
}
