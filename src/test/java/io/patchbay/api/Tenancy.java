package io.patchbay.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.atomic.AtomicInteger;

/** A tenant of its own with a plan, a subscriber, a line, a service and tokens, made through the API. */
final class Tenancy {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    final String name = "tenancy-" + NUMBER.incrementAndGet();
    final long tenant;
    final long plan;
    final long subscriber;
    final long line;
    final long service;
    final String circuitId = name + " eth 1";

    private final int port;

    Tenancy(int port) {
        this.port = port;
        tenant = made("/tenants", "{'name': '%s', 'realms': ['%s.Test']}".formatted(name, name));
        plan = made("/plans", "{'tenant': '%s', 'name': 'gold', 'rateDownKbps': 1000}".formatted(name));
        subscriber = made("/subscribers", "{'tenant': '%s', 'externalId': 'customer'}".formatted(name));
        line = made("/lines", "{'accessNode': 'default', 'identifiers': {'circuitId': '%s'}}".formatted(circuitId));
        service = made(
                "/services",
                "{'subscriberId': %d, 'plan': 'gold', 'lineId': %d, 'credential': {'userName': 'User@%s.test', 'password': 'secret-of-user'}}"
                        .formatted(subscriber, line, name));
    }

    /** Single quotes for double ones. @return its id */
    long made(String path, String body) {
        Api.Answer answer = send("POST", path, body);
        assertThat(answer.status()).as(path + " " + answer.http().body()).isEqualTo(201);
        return answer.json().get("id").asLong();
    }

    Api.Answer send(String method, String path, String body, String... headers) {
        return send(Api.asAdmin(port), method, path, body, headers);
    }

    static Api.Answer send(Api api, String method, String path, String body, String... headers) {
        return api.send(
                method,
                "/api/v1" + path,
                body == null ? null : "application/json",
                body == null ? null : body.replace('\'', '"'),
                headers);
    }

    JsonNode get(String path) {
        Api.Answer answer = send("GET", path, null);
        assertThat(answer.status()).as(path + " " + answer.http().body()).isEqualTo(200);
        return answer.json();
    }

    /** A caller with a token of this tenant. */
    Api caller(String role) {
        return token("{'name': '%s-%s', 'role': '%s', 'tenant': '%s'}".formatted(name, role, role, name));
    }

    /** A caller with the subscriber's own token. */
    Api self() {
        return token("{'name': '%s-self', 'role': 'subscriber', 'subscriberId': %d}".formatted(name, subscriber));
    }

    private Api token(String body) {
        Api.Answer issued = send("POST", "/tokens", body);
        assertThat(issued.status()).as(issued.http().body()).isEqualTo(201);
        return Api.asAdmin(port).with(issued.json().get("secret").asText());
    }
}
