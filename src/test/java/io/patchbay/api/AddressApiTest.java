package io.patchbay.api;

import static io.patchbay.api.ProblemTest.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.HubTest;
import io.patchbay.ledger.address.PoolMeters;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Addresses through the API: what a caller is told, and that the very next reply shows it. */
@HubTest
class AddressApiTest {
    private static final String JSON = "application/json";

    @LocalServerPort
    int port;

    @Autowired
    PoolMeters meters;

    @Test
    void theNextOfAPoolIsInTheNextReplyAndItsReleaseToo() {
        long pool = pool("api next", "ipv4-address", "\"netmaskLength\": 29, \"coolDownSeconds\": 600");
        block(pool, "100.64.10.0/29");
        long service = service("address-next");
        String explain = "/api/v1/explain?nas=127.0.0.1&serviceId=" + service;
        assertThat(get(explain).json().get("reply").toString()).doesNotContain("100.64.10");
        Api.Answer assigned =
                post("/services/" + service + "/addresses", "{\"kind\": \"ipv4-address\", \"pool\": \"api next\"}");
        assertThat(assigned.status()).as(assigned.http().body()).isEqualTo(200);
        // The network's, the gateway's and the broadcast address are reserved: .6 is what is left of their neighbours.
        assertThat(assigned.json().get("prefix").asText()).isEqualTo("100.64.10.6/32");
        assertThat(assigned.json().get("netmaskLength").asInt()).isEqualTo(29);
        assertThat(assigned.json().get("userName").asText()).isEqualTo("address-next");
        assertThat(get(explain).json().get("reply").toString()).contains("Framed-IP-Address = 100.64.10.6");
        Api.Answer used = get("/api/v1/address-pools/" + pool + "/usage");
        assertThat(used.json().get("total").asInt()).isEqualTo(8);
        assertThat(used.json().get("assigned").asInt()).isEqualTo(1);
        assertThat(used.json().get("held").get("reserved").asInt()).isEqualTo(3);
        assertThat(used.json().get("free").asInt()).isEqualTo(4);
        meters.refresh();
        assertThat(get("/actuator/prometheus").http().body())
                .containsPattern("patchbay_address_pool\\{[^}]*pool=\"api next\",state=\"free\"} 4.0")
                .containsPattern("patchbay_address_pool\\{[^}]*pool=\"api next\",state=\"assigned\"} 1.0")
                .containsPattern("patchbay_address_pool\\{[^}]*pool=\"api next\",state=\"held\"} 3.0")
                .containsPattern("patchbay_address_pool_exhaustion_seconds\\{[^}]*pool=\"api next\"} \\+Inf");
        assertThat(delete("/services/" + service + "/addresses?kind=ipv4-address")
                        .status())
                .isEqualTo(204);
        assertThat(get(explain).json().get("reply").toString()).doesNotContain("100.64.10.6");
        JsonNode past =
                get("/api/v1/addresses/history?address=100.64.10.6").json().get("items");
        assertThat(past).hasSize(1);
        assertThat(past.get(0).get("holder").asText()).isEqualTo("address-next");
        assertThat(past.get(0).has("releasedAt")).isTrue();
        JsonNode holders = get("/api/v1/address-holders?address=100.64.10.6&from=2026-01-01T00:00:00Z")
                .json();
        assertThat(holders.get("holders").toString()).contains("address-next", "It was assigned");
    }

    @Test
    void aConflictNamesTheHolderAndAnExhaustedPoolHasItsOwnType() {
        long pool = pool("api small", "ipv4-address", "\"coolDownSeconds\": 0");
        block(pool, "100.64.11.0/31");
        long one = service("address-one");
        long other = service("address-other");
        assign(one, "\"prefix\": \"100.64.11.0\"");
        assertThat(problem(
                        post(
                                "/services/" + other + "/addresses",
                                "{\"kind\": \"ipv4-address\", \"prefix\": \"100.64.11.0\"}"),
                        409))
                .contains("100.64.11.0/32 belongs to address-one");
        assertThat(problem(
                        post(
                                "/services/" + other + "/addresses",
                                "{\"kind\": \"ipv4-address\", \"pool\": \"api small\", \"prefix\": \"100.64.12.0\"}"),
                        422))
                .contains("is not in the pool api small");
        assign(other, "\"pool\": \"api small\"");
        Api.Answer exhausted = post(
                "/services/" + service("address-third") + "/addresses",
                "{\"kind\": \"ipv4-address\", \"pool\": \"api small\"}");
        assertThat(exhausted.status()).isEqualTo(409);
        assertThat(exhausted.json().get("type").asText()).isEqualTo("urn:patchbay:pool-exhausted");
        assertThat(problem(delete("/address-pools/" + pool + "/blocks?prefix=100.64.11.0/31"), 409))
                .contains("belongs to address-");
        assertThat(post("/services/" + one + "/addresses/swap", "{\"with\": " + other + ", \"kind\": \"ipv4-address\"}")
                        .json()
                        .get("items")
                        .toString())
                .contains("100.64.11.0/32", "100.64.11.1/32");
        assertThat(get("/api/v1/addresses?address=100.64.11.0/31&pool=api%20small")
                        .json()
                        .get("items"))
                .hasSize(2);
        assertThat(get("/api/v1/addresses/export?format=csv&pool=api%20small")
                        .http()
                        .body())
                .startsWith("id,prefix,kind")
                .contains("100.64.11.0/32,ipv4-address", "address-other");
        assertThat(delete("/services/" + one + "/addresses?kind=ipv4-address").status())
                .isEqualTo(204);
        assertThat(post("/services/" + other + "/addresses/move", "{\"to\": " + one + ", \"kind\": \"ipv4-address\"}")
                        .json()
                        .get("serviceId")
                        .asLong())
                .isEqualTo(one);
    }

    @Test
    void reservedPartsAndReservations() {
        long pool = pool("api kept", "ipv6-delegated-prefix", "\"assignedLength\": 56");
        block(pool, "2001:db8:aa00::/48");
        Api.Answer reserved = post(
                "/address-pools/" + pool + "/reserved",
                "{\"range\": \"2001:db8:aa00::/56\", \"note\": \"infrastructure\"}");
        assertThat(reserved.json().get("items").get(0).get("prefix").asText()).isEqualTo("2001:db8:aa00::/56");
        long service = service("address-kept");
        Api.Answer kept = post(
                "/address-reservations",
                "{\"pool\": \"api kept\", \"serviceId\": " + service + ", \"until\": \"2099-01-01T00:00:00Z\"}");
        assertThat(kept.status()).as(kept.http().body()).isEqualTo(201);
        assertThat(kept.json().get("prefix").asText()).isEqualTo("2001:db8:aa00:100::/56");
        assertThat(get(kept.http().headers().firstValue("Location").orElseThrow())
                        .json())
                .isEqualTo(kept.json());
        Api.Answer other = post(
                "/services/" + service("address-unkept") + "/addresses",
                "{\"kind\": \"ipv6-delegated-prefix\", \"pool\": \"api kept\"}");
        assertThat(other.json().get("prefix").asText()).isEqualTo("2001:db8:aa00:200::/56");
        Api.Answer taken = post(
                "/services/" + service + "/addresses", "{\"kind\": \"ipv6-delegated-prefix\", \"pool\": \"api kept\"}");
        assertThat(taken.json().get("prefix").asText()).isEqualTo("2001:db8:aa00:100::/56");
        assertThat(get("/api/v1/address-reservations?pool=api%20kept").json().get("items"))
                .isEmpty();
        assertThat(delete("/address-pools/" + pool + "/reserved?range=2001:db8:aa00::/48")
                        .status())
                .isEqualTo(204);
        assertThat(get("/api/v1/address-pools/" + pool + "/reserved").json().get("items"))
                .isEmpty();
    }

    @Test
    void aPoolIsChangedInTheVersionThatWasReadAndDeletedWhenItIsEmpty() {
        long pool = pool("api change", "ipv4-address", "\"coolDownSeconds\": 1");
        String etag = get("/api/v1/address-pools/" + pool)
                .http()
                .headers()
                .firstValue("ETag")
                .orElseThrow();
        String path = "/api/v1/address-pools/" + pool;
        Api api = Api.asAdmin(port);
        assertThat(api.send("PATCH", path, JSON, "{\"coolDownSeconds\": 2}", "If-Match", etag)
                        .status())
                .isEqualTo(200);
        assertThat(api.send("PATCH", path, JSON, "{\"coolDownSeconds\": 3}", "If-Match", etag)
                        .status())
                .isEqualTo(412);
        assertThat(get(path).json().get("coolDownSeconds").asInt()).isEqualTo(2);
        block(pool, "100.64.13.0/24");
        problem(delete("/address-pools/" + pool), 409);
        assertThat(delete("/address-pools/" + pool + "/blocks?prefix=100.64.13.0/24")
                        .status())
                .isEqualTo(204);
        assertThat(delete("/address-pools/" + pool).status()).isEqualTo(204);
        problem(get(path), 404);
    }

    private long pool(String name, String kind, String more) {
        Api.Answer made =
                post("/address-pools", "{\"name\": \"" + name + "\", \"kind\": \"" + kind + "\", " + more + "}");
        assertThat(made.status()).as(made.http().body()).isEqualTo(201);
        return made.json().get("id").asLong();
    }

    private void block(long pool, String prefix) {
        Api.Answer made = post("/address-pools/" + pool + "/blocks", "{\"prefix\": \"" + prefix + "\"}");
        assertThat(made.status()).as(made.http().body()).isEqualTo(201);
    }

    private void assign(long service, String what) {
        Api.Answer assigned = post("/services/" + service + "/addresses", "{\"kind\": \"ipv4-address\", " + what + "}");
        assertThat(assigned.status()).as(assigned.http().body()).isEqualTo(200);
    }

    private long service(String name) {
        Api.asAdmin(port).post("/api/v1/subscribers/import", "text/csv", "username,password\n" + name + ",secret\n");
        return get("/api/v1/subscribers?userName=" + name)
                .json()
                .get("items")
                .get(0)
                .get("services")
                .get(0)
                .get("id")
                .asLong();
    }

    private Api.Answer get(String path) {
        return Api.asAdmin(port).get(path);
    }

    private Api.Answer post(String path, String body) {
        return Api.asAdmin(port).post("/api/v1" + path, JSON, body);
    }

    private Api.Answer delete(String path) {
        return Api.asAdmin(port).send("DELETE", "/api/v1" + path, null, null);
    }
}
