package io.patchbay.api;

import static io.patchbay.api.ProblemTest.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.HubTest;
import io.patchbay.ledger.vlan.VlanPoolMeters;
import java.net.URI;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Pools are made, services bound to what is in them, through the API; the very next reply has the new VLAN. */
@HubTest
class VlanApiTest {
    private static final String JSON = "application/json";

    @LocalServerPort
    int port;

    @Autowired
    VlanPoolMeters meters;

    private String name;
    private String domain;

    @BeforeEach
    void domain(TestInfo test) {
        name = test.getTestMethod().orElseThrow().getName();
        domain =
                post("/vlan-domains", "{'name': '" + name + "'}", 201).get("id").asText();
    }

    @Test
    void theNextReplyHasTheNewVlan() {
        String pool = pool("single", "'dedicated'");
        post("/vlan-pools/" + pool + "/ranges", "{'sFirst': 3000, 'sLast': 3001}", 201);
        String service = service("vlan-reply");
        JsonNode bound = put("/services/" + service + "/vlan", "{'pool': 'single-" + name + "'}", 200);
        assertThat(bound.get("sVlan").asInt()).isEqualTo(3000);
        assertThat(bound.get("pool").asText()).isEqualTo("single-" + name);
        assertThat(reply("vlan-reply")).contains("Tunnel-Private-Group-Id = \\\"3000\\\"");

        put("/services/" + service + "/vlan", "{'sVlan': 3500, 'model': 'dedicated', 'domain': '" + name + "'}", 200);
        assertThat(reply("vlan-reply")).contains("3500").doesNotContain("3000");

        send("DELETE", "/services/" + service + "/vlan", null, 204);
        assertThat(reply("vlan-reply")).doesNotContain("Tunnel-Private-Group-Id");
        JsonNode former = get("/vlans/former?serviceId=" + service).get("items");
        assertThat(former).hasSize(2);
        assertThat(former.get(0).get("sVlan").asInt()).isEqualTo(3500);
        assertThat(former.get(1).get("holder").asText()).isEqualTo("vlan-reply");
    }

    @Test
    void aConflictNamesTheHolderAndAnExhaustedPoolIsToldFromOthers() {
        String pool = pool("pairs", "'dedicated'");
        post("/vlan-pools/" + pool + "/ranges", "{'sFirst': 100, 'cFirst': 1, 'cLast': 2}", 201);
        post("/vlan-domains/" + domain + "/exclusions", "{'sFirst': 100, 'cFirst': 2, 'note': 'probe'}", 201);
        String one = service("vlan-one");
        String other = service("vlan-other");
        put("/services/" + one + "/vlan", "{'pool': 'pairs-" + name + "'}", 200);
        assertThat(problem(
                        Api.asAdmin(port)
                                .send(
                                        "PUT",
                                        "/api/v1/services/" + other + "/vlan",
                                        JSON,
                                        json("{'sVlan': 100, 'cVlan': 1, 'domain': '" + name + "'}")),
                        409))
                .isEqualTo("VLAN pair 100.1 belongs to vlan-one.");
        JsonNode exhausted = put("/services/" + other + "/vlan", "{'pool': 'pairs-" + name + "'}", 409);
        assertThat(exhausted.get("type").asText()).isEqualTo("urn:patchbay:pool-exhausted");

        JsonNode use = get("/vlan-pools/" + pool + "/usage");
        assertThat(use.get("bound").asInt()).isEqualTo(1);
        assertThat(use.get("excluded").asInt()).isEqualTo(1);
        assertThat(use.get("exhaustedInSeconds").asInt()).isZero();
        meters.refresh();
        assertThat(metrics())
                .containsPattern("patchbay_vlan_pool\\{[^}]*pool=\"pairs-" + name + "\",state=\"bound\"} 1.0")
                .containsPattern("patchbay_vlan_pool_exhaustion_seconds\\{[^}]*pool=\"pairs-" + name + "\"} 0.0");

        JsonNode who = get("/vlans?domain=" + name + "&sVlan=100&cVlan=1").get("items");
        assertThat(who).hasSize(1);
        assertThat(who.get(0).get("holder").asText()).isEqualTo("vlan-one");
        String csv = Api.asAdmin(port)
                .get("/api/v1/vlans/export?pool=pairs-" + name)
                .http()
                .body();
        assertThat(csv).startsWith("domain,model,sVlan,cVlan,pool,").contains(name + ",dedicated,100,1,pairs-" + name);
        assertThat(csv.lines()).hasSize(2);
    }

    @Test
    void aPoolIsChangedMovedFromAndRemoved() {
        String pool = pool("from", "'shared', 'linesPerVlan': 2");
        JsonNode range = post("/vlan-pools/" + pool + "/ranges", "{'sFirst': 200, 'sLast': 201}", 201);
        String to = pool("to", "'dedicated'");
        post("/vlan-pools/" + to + "/ranges", "{'sFirst': 300, 'cFirst': 1, 'cLast': 4094}", 201);
        String service = service("vlan-moved");
        put("/services/" + service + "/vlan", "{'pool': 'from-" + name + "'}", 200);
        send("DELETE", "/vlan-ranges/" + range.get("id"), null, 409);
        send("PUT", "/vlan-ranges/" + range.get("id"), "{'sFirst': 200}", 200);
        send("DELETE", "/vlan-pools/" + pool, null, 409);
        JsonNode moved = post("/services/" + service + "/vlan/move", "{'pool': 'to-" + name + "'}", 200);
        assertThat(moved.get("sVlan").asInt()).isEqualTo(300);
        assertThat(send("PATCH", "/vlan-pools/" + pool, "{'name': 'renamed-" + name + "'}", 200)
                        .get("name")
                        .asText())
                .isEqualTo("renamed-" + name);
        send("DELETE", "/vlan-pools/" + pool, null, 204);
        send("GET", "/vlan-pools/" + pool, null, 404);
        send("DELETE", "/vlan-domains/" + domain, null, 409);
    }

    private String pool(String kind, String model) {
        return post(
                        "/vlan-pools",
                        "{'name': '" + kind + "-" + name + "', 'domain': '" + name + "', 'model': " + model + "}",
                        201)
                .get("id")
                .asText();
    }

    private String service(String user) {
        Api.asAdmin(port).post("/api/v1/subscribers/import", "text/csv", "username,password\n" + user + ",secret\n");
        return get("/subscribers?userName=" + user).at("/items/0/services/0/id").asText();
    }

    /** As on the RADIUS path, from memory. */
    private String reply(String user) {
        return get("/explain?nas=127.0.0.1&user=" + user).get("reply").toString();
    }

    private String metrics() {
        return Api.send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/actuator/prometheus"))
                        .header("Authorization", "Bearer " + HubTest.ADMIN_TOKEN)
                        .build())
                .http()
                .body();
    }

    private JsonNode get(String path) {
        return send("GET", path, null, 200);
    }

    private JsonNode post(String path, String body, int status) {
        return send("POST", path, body, status);
    }

    private JsonNode put(String path, String body, int status) {
        return send("PUT", path, body, status);
    }

    private JsonNode send(String method, String path, String body, int status) {
        Api.Answer answer = Api.asAdmin(port)
                .send(method, "/api/v1" + path, body == null ? null : JSON, body == null ? null : json(body));
        assertThat(answer.status())
                .as(method + " " + path + ": " + answer.http().body())
                .isEqualTo(status);
        return answer.json();
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }
}
