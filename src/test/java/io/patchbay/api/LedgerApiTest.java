package io.patchbay.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.HubTest;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The plain resources: made, read, changed by version, refused with the holder's name, removed; and told in the audit. */
@HubTest
class LedgerApiTest {
    @LocalServerPort
    int port;

    @Test
    void everythingIsMadeChangedByVersionAndRemovedInOrder() {
        Tenancy one = new Tenancy(port);
        for (String path : new String[] {
            "/tenants/" + one.tenant, "/plans/" + one.plan, "/subscribers/" + one.subscriber, "/lines/" + one.line
        }) {
            Api.Answer refused = one.send("DELETE", path, null);
            assertThat(refused.status()).as(path).isEqualTo(409);
        }
        change(
                one,
                "/tenants/" + one.tenant,
                "{'stripRealm': true, 'realms': ['%s.test', 'b.%s']}".formatted(one.name, one.name));
        change(one, "/plans/" + one.plan, "{'rateDownKbps': 5000, 'qosProfile': 'fast', 'option82Policy': 'log'}");
        change(one, "/plans/" + one.plan, "{'qosProfile': null, 'option82Policy': null}");
        change(one, "/subscribers/" + one.subscriber, "{'externalId': 'renamed'}");
        change(one, "/lines/" + one.line, "{'onuSerial': 'ONU-%s', 'uni': 2}".formatted(one.name));
        change(one, "/lines/" + one.line, "{'uni': null}");
        change(
                one,
                "/services/" + one.service,
                "{'expiresAt': '2030-01-01T00:00:00Z', 'cpeId': 'cpe', 'lineId': null}");
        change(one, "/services/" + one.service, "{'expiresAt': null, 'option82Policy': 'ignore'}");

        JsonNode service = one.get("/services/" + one.service);
        assertThat(service.get("userName").asText()).isEqualTo("user");
        assertThat(service.get("option82Policy").asText()).isEqualTo("ignore");
        assertThat(service.has("lineId")).isFalse();
        assertThat(service.has("expiresAt")).isFalse();
        assertThat(one.get("/plans/" + one.plan).get("rateDownKbps").asInt()).isEqualTo(5000);
        assertThat(one.get("/plans/" + one.plan).has("qosProfile")).isFalse();

        for (String path : new String[] {
            "/services/" + one.service,
            "/lines/" + one.line,
            "/subscribers/" + one.subscriber,
            "/plans/" + one.plan,
            "/tenants/" + one.tenant
        }) {
            Api.Answer stale = one.send("DELETE", path, null, "If-Match", "\"0\"");
            assertThat(stale.status()).as(path).isEqualTo(412);
            String etag = one.send("GET", path, null)
                    .http()
                    .headers()
                    .firstValue("ETag")
                    .orElseThrow();
            Api.Answer gone = one.send("DELETE", path, null, "If-Match", etag);
            assertThat(gone.status()).as(path + gone.http().body()).isEqualTo(204);
            assertThat(one.send("GET", path, null).status()).as(path).isEqualTo(404);
        }
    }

    @Test
    void aConflictNamesWhoHoldsIt() {
        Tenancy one = new Tenancy(port);
        assertConflict(
                one.send("POST", "/tenants", "{'name': 'n-%s', 'realms': ['%s.TEST']}".formatted(one.name, one.name)),
                one.name);
        assertConflict(one.send("POST", "/plans", "{'tenant': '%s', 'name': 'gold'}".formatted(one.name)), "gold");
        assertConflict(
                one.send("POST", "/subscribers", "{'tenant': '%s', 'externalId': 'customer'}".formatted(one.name)),
                "customer");
        assertConflict(
                one.send(
                        "POST",
                        "/lines",
                        "{'accessNode': 'default', 'identifiers': {'circuitId': '%s'}}".formatted(one.circuitId)),
                "line of user");
        Api.Answer twin = one.send(
                "POST",
                "/services",
                "{'subscriberId': %d, 'plan': 'gold', 'credential': {'userName': 'USER', 'password': 'x'}}"
                        .formatted(one.subscriber));
        assertConflict(twin, "service " + one.service);
        assertThat(one.get("/subscribers/" + one.subscriber).get("services")).hasSize(1);
        assertConflict(
                one.send("PATCH", "/tenants/" + one.tenant, "{'foldCase': false, 'name': 'default'}"), "default");
    }

    @Test
    void aCredentialIsSetAndChangedAndNeverRead() {
        Tenancy one = new Tenancy(port);
        String path = "/services/" + one.service + "/credential";
        assertThat(one.get(path).toString()).isEqualTo("{\"userName\":\"user\",\"scheme\":\"cleartext\"}");
        Api.Answer set =
                one.send("PUT", path, "{'userName': 'Other', 'password': '{nt}0123456789abcdef0123456789ABCDEF'}");
        assertThat(set.json().toString()).isEqualTo("{\"userName\":\"other\",\"scheme\":\"nt-hash\"}");
        assertThat(one.send("PUT", path, "{'userName': 'x', 'password': '{bcrypt}short'}")
                        .status())
                .isEqualTo(422);
        assertThat(one.send("DELETE", path, null).status()).isEqualTo(204);
        assertThat(one.send("GET", path, null).status()).isEqualTo(404);
        String history = one.get("/services/" + one.service + "/history").toString();
        assertThat(history).doesNotContain("secret-of-user", "0123456789").contains("another one");
    }

    @Test
    void theAuditTellsWhoWhyFromWhatToWhat() {
        Tenancy one = new Tenancy(port);
        one.send("PATCH", "/services/" + one.service, "{'cpeId': 'box-1'}", "Change-Reason", "first");
        one.send("PATCH", "/services/" + one.service, "{'cpeId': 'box-2'}", "Change-Reason", "box swapped");
        JsonNode newest = one.get("/services/" + one.service + "/history?limit=1")
                .get("items")
                .get(0);
        assertThat(newest.get("actor").asText()).isEqualTo("admin");
        assertThat(newest.get("reason").asText()).isEqualTo("box swapped");
        assertThat(newest.get("before").toString()).isEqualTo("{\"cpeId\":\"box-1\"}");
        assertThat(newest.get("after").toString()).isEqualTo("{\"cpeId\":\"box-2\"}");
        JsonNode ofPlan =
                one.get("/audit?type=plan-changed&subjectId=" + one.plan).get("items");
        assertThat(ofPlan).hasSize(1);
        assertThat(ofPlan.get(0).get("before")).isEmpty();
        assertThat(ofPlan.get(0).get("after").get("name").asText()).isEqualTo("gold");
        assertThat(one.get("/audit?actor=nobody-at-all").get("items")).isEmpty();
        assertThat(one.send("PATCH", "/services/" + one.service, "{}", "Change-Reason", "x".repeat(501))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void anotherTemplateReadsTheCircuitIdsAnew() {
        Tenancy one = new Tenancy(port);
        String name = "node-" + one.name;
        long node = one.made("/access-nodes", "{'name': '%s'}".formatted(name));
        long line = one.made(
                "/lines", "{'accessNode': '%s', 'identifiers': {'circuitId': 'olt eth 1/01/1:010'}}".formatted(name));
        assertThat(one.get("/lines/" + line).get("canonicalCircuitId").asText()).isEqualTo("olt eth 1/1/1:10");
        change(one, "/access-nodes/" + node, "{'template': 'opaque'}");
        assertThat(one.get("/lines/" + line).path("canonicalCircuitId").asText())
                .isNotEqualTo("olt eth 1/1/1:10");
        assertThat(one.send("PATCH", "/access-nodes/" + node, "{'template': 'none-such'}")
                        .status())
                .isEqualTo(422);
        assertConflict(one.send("DELETE", "/access-nodes/" + node, null), "1 lines");
    }

    @Test
    void aBulkAnswersEachOfItsWritesAndDoesNoneTwice() {
        Tenancy one = new Tenancy(port);
        String bulk = """
                {'operations': [
                  {'operationId': 'createSubscriber', 'body': {'tenant': '%s', 'externalId': 'bulk-1'}},
                  {'operationId': 'createSubscriber', 'body': {'tenant': '%s', 'externalId': 'bulk-1'}},
                  {'operationId': 'setServiceState', 'path': {'id': %d}, 'body': {'state': 'suspended'}, 'reason': 'unpaid'},
                  {'operationId': 'updateService', 'path': {'id': %d}, 'body': {'cpeId': 'x'}, 'ifMatch': '"0"'},
                  {'operationId': 'updateService', 'path': {'id': %d}, 'body': {'odd': 1}},
                  {'operationId': 'getService', 'path': {'id': %d}}]}""".formatted(one.name, one.name, one.service, one.service, one.service, one.service)
                .replace("'\"0\"'", "'*'");
        Api.Answer answer = one.send("POST", "/bulk", bulk, "Idempotency-Key", "bulk-" + one.name);
        assertThat(answer.status()).as(answer.http().body()).isEqualTo(200);
        assertThat(answer.json().get("results").findValuesAsText("status")).startsWith("201");
        assertThat(statuses(answer)).containsExactly(201, 409, 204, 200, 400, 400);
        assertThat(one.get("/services/" + one.service).get("state").asText()).isEqualTo("suspended");
        Api.Answer again = one.send("POST", "/bulk", bulk, "Idempotency-Key", "bulk-" + one.name);
        assertThat(again.http().body()).isEqualTo(answer.http().body());
        assertThat(one.get("/subscribers?externalId=bulk-1").get("items").size())
                .isGreaterThanOrEqualTo(1);
    }

    @Test
    void anExportCannotRunInASpreadsheet() {
        Tenancy one = new Tenancy(port);
        one.send("PATCH", "/subscribers/" + one.subscriber, "{'externalId': '=cmd()+%s'}".formatted(one.name));
        String csv = one.send("GET", "/subscribers/export?externalId=%3Dcmd()%2B" + one.name, null)
                .http()
                .body();
        assertThat(csv).contains(",'=cmd()+" + one.name + ",");
        String json = one.send("GET", "/subscribers/export?format=jsonl&externalId=%3Dcmd()%2B" + one.name, null)
                .http()
                .body();
        assertThat(json).contains("\"=cmd()+" + one.name + "\"");
        assertThat(one.send("GET", "/audit/export?type=plan-changed&subjectId=" + one.plan, null)
                        .http()
                        .body()
                        .lines())
                .hasSize(2);
    }

    @Test
    void aSubscriberAsksForAnAddressAndAnOperatorGrantsIt() {
        Tenancy one = new Tenancy(port);
        Api self = one.self();
        JsonNode shown = Tenancy.send(self, "GET", "/self", null).json();
        assertThat(shown.get("externalId").asText()).isEqualTo("customer");
        assertThat(shown.get("services").get(0).has("lineId")).isFalse();
        String wish = "{'serviceId': %d, 'kind': 'ipv4-address', 'note': 'for my server'}".formatted(one.service);
        Api.Answer asked = Tenancy.send(self, "POST", "/self/address-requests", wish);
        assertThat(asked.status()).as(asked.http().body()).isEqualTo(201);
        assertThat(Tenancy.send(self, "POST", "/self/address-requests", wish).status())
                .isEqualTo(409);
        Tenancy other = new Tenancy(port);
        assertThat(Tenancy.send(other.self(), "POST", "/self/address-requests", wish)
                        .status())
                .isEqualTo(422);

        Api operator = one.caller("operator");
        JsonNode waiting = Tenancy.send(operator, "GET", "/address-requests?state=waiting", null)
                .json()
                .get("items");
        assertThat(waiting).hasSize(1);
        String decision = "/address-requests/" + waiting.get(0).get("id").asLong() + "/decision";
        String address = "203.0.113." + (100 + one.tenant % 100);
        String grant = "{'grant': true, 'prefix': '%s/32', 'answer': 'yours'}".formatted(address);
        assertThat(Tenancy.send(other.caller("operator"), "POST", decision, grant)
                        .status())
                .isEqualTo(404);
        String taken = "192.0.2.10/32";
        Api.Answer refused = Tenancy.send(operator, "POST", decision, "{'grant': true, 'prefix': '" + taken + "'}");
        assertConflict(refused, taken);
        assertThat(refused.http().body()).doesNotContain("demo-alice");
        assertConflict(one.send("POST", decision, "{'grant': true, 'prefix': '" + taken + "'}"), "demo-alice");
        Api.Answer granted = Tenancy.send(operator, "POST", decision, grant);
        assertThat(granted.status()).as(granted.http().body()).isEqualTo(200);
        assertConflict(Tenancy.send(operator, "POST", decision, grant), "granted by " + one.name);
        JsonNode addresses =
                Tenancy.send(self, "GET", "/self/addresses", null).json().get("items");
        assertThat(addresses.get(0).get("prefix").asText()).isEqualTo(address + "/32");
        assertThat(Tenancy.send(self, "GET", "/self/address-requests", null)
                        .json()
                        .get("items")
                        .get(0)
                        .get("answer")
                        .asText())
                .isEqualTo("yours");
    }

    private static java.util.List<Integer> statuses(Api.Answer answer) {
        java.util.List<Integer> statuses = new java.util.ArrayList<>();
        answer.json()
                .get("results")
                .forEach(result -> statuses.add(result.get("status").asInt()));
        return statuses;
    }

    private static void change(Tenancy tenancy, String path, String body) {
        Api.Answer read = tenancy.send("GET", path, null);
        String etag = read.http().headers().firstValue("ETag").orElseThrow();
        Api.Answer changed = tenancy.send("PATCH", path, body, "If-Match", etag);
        assertThat(changed.status()).as(path + " " + changed.http().body()).isEqualTo(200);
        assertThat(changed.json()).isEqualTo(tenancy.get(path)).isNotEqualTo(read.json());
        assertThat(tenancy.send("PATCH", path, body, "If-Match", etag).status()).isEqualTo(412);
    }

    private static void assertConflict(Api.Answer answer, String holder) {
        assertThat(answer.status()).as(answer.http().body()).isEqualTo(409);
        assertThat(answer.json().get("detail").asText()).contains(holder);
    }
}
