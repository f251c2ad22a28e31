package io.patchbay.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.HubTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Who may what: walks over every operation of the contract. */
@HubTest
class TenantScopeTest {
    /** A body that fits, by operation, so that no refusal is the schema's. */
    private static final Map<String, String> BODIES = Map.ofEntries(
            Map.entry("updateSubscriber", "{'externalId': 'stolen'}"),
            Map.entry("updatePlan", "{'name': 'stolen'}"),
            Map.entry("updateService", "{'cpeId': 'stolen'}"),
            Map.entry("setServiceState", "{'state': 'terminated'}"),
            Map.entry("setCredential", "{'userName': 'stolen', 'password': 'stolen'}"),
            Map.entry("assignAddress", "{'kind': 'ipv4-address'}"),
            Map.entry("moveAddress", "{'to': 1, 'kind': 'ipv4-address'}"),
            Map.entry("swapAddresses", "{'with': 1, 'kind': 'ipv4-address'}"),
            Map.entry("decideAddressRequest", "{'grant': false}"));

    @LocalServerPort
    int port;

    private final Contract contract = Contract.load();

    @Test
    void withoutATokenEveryOperationAnswers401() {
        for (Contract.Operation operation : contract.operations()) {
            Api.Answer answer = Api.asAdmin(port).with(null).send(operation.method(), path(operation, 1), null, null);
            assertThat(answer.status()).as(operation.id()).isEqualTo(401);
            assertThat(answer.contentType()).startsWith(Problem.MEDIA_TYPE);
        }
    }

    @Test
    void aLowerRoleAndANarrowerTokenAreRefused() {
        Tenancy tenancy = new Tenancy(port);
        Api self = tenancy.self();
        Api viewer = tenancy.caller("viewer");
        Api admin = tenancy.caller("admin");
        for (Contract.Operation operation : contract.operations()) {
            if (operation.headers().contains("X-Hook-Signature")) {
                // NetBox's signature counts, and no token.
                continue;
            }
            if (operation.scope() != Contract.Scope.SUBSCRIBER) {
                assertThat(send(self, operation, 1).status()).as(operation.id()).isEqualTo(403);
            }
            if (!io.patchbay.api.security.Role.VIEWER.covers(operation.role())) {
                assertThat(send(viewer, operation, 1).status())
                        .as(operation.id())
                        .isEqualTo(403);
            }
            if (operation.scope() == Contract.Scope.HUB) {
                Api.Answer refused = send(admin, operation, 1);
                assertThat(refused.status()).as(operation.id()).isEqualTo(403);
                assertThat(refused.json().get("detail").asText()).contains("does not keep apart what is whose");
            }
        }
    }

    @Test
    void whatIsAnotherTenantsIsNotThere() {
        Tenancy own = new Tenancy(port);
        Tenancy other = new Tenancy(port);
        Api operator = own.caller("operator");
        Map<String, Long> ids = Map.of(
                "tenants", other.tenant,
                "plans", other.plan,
                "subscribers", other.subscriber,
                "services", other.service,
                "lines", other.line);
        String stored = other.get("/services/" + other.service).toString();
        for (Contract.Operation operation : contract.operations()) {
            String pattern = operation.path().getPatternString();
            Long foreign = ids.get(pattern.split("/")[3]);
            if (operation.scope() != Contract.Scope.TENANT || foreign == null || !pattern.contains("{id}")) {
                continue;
            }
            Api.Answer there = send(operator, operation, foreign);
            Api.Answer nowhere = send(operator, operation, Long.MAX_VALUE);
            assertThat(there.status()).as(operation.id()).isIn(404, 403);
            assertThat(there.http().body())
                    .as(operation.id())
                    .isEqualTo(nowhere.http().body());
        }
        assertThat(other.get("/services/" + other.service).toString()).isEqualTo(stored);
        assertThat(other.get("/plans/" + other.plan).get("name").asText()).isEqualTo("gold");
        assertThat(other.get("/subscribers/" + other.subscriber)
                        .get("externalId")
                        .asText())
                .isEqualTo("customer");
    }

    @Test
    void listsAndExportsHoldOnlyTheTenantsOwn() {
        Tenancy own = new Tenancy(port);
        Tenancy other = new Tenancy(port);
        Api viewer = own.caller("viewer");
        for (String list : List.of("/tenants", "/plans", "/subscribers", "/services", "/lines")) {
            Api.Answer answer = Tenancy.send(viewer, "GET", list, null);
            assertThat(answer.json().get("items")).as(list).hasSize(1);
            assertThat(answer.http().body()).as(list).doesNotContain(other.name);
        }
        for (String export : List.of("/subscribers/export", "/services/export", "/lines/export")) {
            Api.Answer answer = Tenancy.send(viewer, "GET", export, null);
            assertThat(answer.http().body().lines()).as(export).hasSize(2);
            assertThat(answer.http().body()).as(export).doesNotContain(other.name);
        }
        String search = "?userName=user&circuitId=" + other.circuitId.replace(" ", "%20");
        assertThat(Tenancy.send(viewer, "GET", "/services" + search, null)
                        .json()
                        .get("items"))
                .isEmpty();
        Api operator = own.caller("operator");
        assertThat(Tenancy.send(operator, "PATCH", "/services/" + own.service, "{'lineId': " + other.line + "}")
                        .status())
                .isEqualTo(422);
        assertThat(Tenancy.send(operator, "POST", "/services", "{'subscriberId': " + other.subscriber + "}")
                        .status())
                .isEqualTo(422);
        assertThat(Tenancy.send(operator, "POST", "/plans", "{'name': 'x', 'tenant': '" + other.name + "'}")
                        .status())
                .isEqualTo(422);
    }

    private static Api.Answer send(Api api, Contract.Operation operation, long id) {
        String body = operation.consumes() == null
                ? null
                : BODIES.getOrDefault(operation.id(), "{}").replace('\'', '"');
        return api.send(operation.method(), path(operation, id), operation.consumes(), body);
    }

    private static String path(Contract.Operation operation, long id) {
        return operation.path().getPatternString().replaceAll("\\{[^}]+}", Long.toString(id));
    }
}
