package io.patchbay.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.patchbay.HubTest;
import io.patchbay.binding.ChangeFeed;
import io.patchbay.event.Actor;
import io.patchbay.lab.TestNas;
import io.patchbay.ledger.address.AddressKind;
import io.patchbay.ledger.address.AddressPool;
import io.patchbay.ledger.address.AddressPools;
import io.patchbay.ledger.address.PoolAuthority;
import io.patchbay.ledger.address.PoolParts;
import io.patchbay.ledger.ipv6.Ipv6Mode;
import io.patchbay.ledger.ipv6.Ipv6State;
import io.patchbay.ledger.ipv6.Ipv6Sweep;
import io.patchbay.radius.RadiusPacket;
import io.patchbay.radius.dictionary.AttributeListing;
import io.patchbay.radius.dictionary.Dictionary;
import io.patchbay.session.GivenSession;
import io.patchbay.wire.IpPrefix;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;

/** What mode and state of a service's IPv6 make of the replies, over real sockets, and the lifecycle through the API. */
@HubTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Ipv6ApiTest {
    private static final String SECRET = "secret-of-ipv6";
    private static final Map<String, String> NASES = Map.of("generic", "127.0.94.1", "nokia", "127.0.94.2");

    /** By state, what leads there from pending. */
    private static final Map<Ipv6State, List<String>> WAYS = Map.of(
            Ipv6State.PENDING, List.of(),
            Ipv6State.ALLOCATED, List.of("allocated"),
            Ipv6State.ACTIVE, List.of("allocated", "active"),
            Ipv6State.SUSPENDED, List.of("allocated", "suspended"),
            Ipv6State.REVOKING, List.of("revoking"),
            Ipv6State.REVOKED, List.of("revoking", "revoked"),
            Ipv6State.FAILED, List.of("failed"));

    @LocalServerPort
    int httpPort;

    @Value("${patchbay.radius.auth-port}")
    int radiusPort;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    ChangeFeed feed;

    @Autowired
    Dictionary dictionary;

    @Autowired
    AddressPools pools;

    @Autowired
    PoolParts parts;

    @Autowired
    Ipv6Sweep sweep;

    @Autowired
    MeterRegistry meters;

    @BeforeAll
    void population() {
        jdbc.update("insert into plan (tenant_id, name, ipv6_wan_pool, ipv6_delegated_pool)"
                + " select id, 'ipv6-of-the-nas', 'wan-pool', 'pd-pool' from tenant where name = 'default'");
        NASES.forEach((vendor, address) -> assertThat(api().post(
                                "/api/v1/nas-clients",
                                "application/json",
                                "{\"name\": \"ipv6-%s\", \"address\": \"%s\", \"vendor\": \"%s\", \"secret\": \"%s\", \"coaTransport\": \"off\"}"
                                        .formatted(vendor, address, vendor, SECRET))
                        .status())
                .isEqualTo(201));
        JsonNode imported =
                api().post("/api/v1/subscribers/import", "text/csv", """
                        username,password,plan,ipv4,ipv6_wan_prefix,ipv6_wan_address,ipv6_delegated_prefix
                        ipv6-assigned,pw,ipv6-of-the-nas,198.18.94.1,2001:db8:9400::/64,2001:db8:9400:1::1,2001:db8:9400:100::/56
                        ipv6-pooled,pw,ipv6-of-the-nas,198.18.94.2,,,
                        ipv6-lived,pw,default,198.18.94.3,,,
                        """).json();
        assertThat(imported.get("accepted").asInt()).as("%s", imported).isEqualTo(3);
        jdbc.update(
                "insert into service_prefix (service_id, vrf_id, kind, prefix) select ?, min(id), 'ipv6-route', '2001:db8:9401::/48' from vrf",
                service("ipv6-assigned"));
    }

    private static Set<String> given(Ipv6Mode mode, Ipv6State state, boolean assigned, String vendor) {
        Set<String> given = new TreeSet<>();
        if (state != null && state != Ipv6State.ALLOCATED && state != Ipv6State.ACTIVE || mode == Ipv6Mode.NONE) {
            return given;
        }
        boolean everything = mode == null || mode == Ipv6Mode.DUAL_STACK;
        boolean isNokia = vendor.equals("nokia");
        if (assigned) {
            given.add("Framed-IPv6-Route = 2001:db8:9401::/48 :: 1");
            if (everything || mode == Ipv6Mode.SLAAC) {
                given.add("Framed-IPv6-Prefix = 2001:db8:9400::/64");
            }
            if (everything || mode == Ipv6Mode.STATEFUL) {
                given.add((isNokia ? "Alc-Ipv6-Address" : "Framed-IPv6-Address") + " = 2001:db8:9400:1::1");
            }
            if (everything || mode == Ipv6Mode.PD) {
                given.add("Delegated-IPv6-Prefix = 2001:db8:9400:100::/56");
            }
        } else {
            if (everything || mode == Ipv6Mode.SLAAC || mode == Ipv6Mode.STATEFUL) {
                given.add((isNokia ? "Alc-SLAAC-IPv6-Pool" : "Framed-IPv6-Pool") + " = wan-pool");
            }
            if (everything || mode == Ipv6Mode.PD) {
                given.add((isNokia ? "Alc-Delegated-IPv6-Pool" : "Delegated-IPv6-Prefix-Pool") + " = pd-pool");
            }
        }
        return given;
    }

    @Test
    void everyModeInEveryStateGivesWhatItShouldAndNothingElse() {
        for (String vendor : NASES.keySet()) {
            try (TestNas nas = new TestNas(NASES.get(vendor), radiusPort, SECRET)) {
                for (String user : List.of("ipv6-assigned", "ipv6-pooled")) {
                    boolean assigned = user.equals("ipv6-assigned");
                    long service = service(user);
                    put(service, null, null);
                    assertThat(ipv6Of(nas, user)).isEqualTo(given(null, null, assigned, vendor));
                    for (Ipv6Mode mode : Ipv6Mode.values()) {
                        put(service, mode, null);
                        assertThat(ipv6Of(nas, user))
                                .as("%s %s without a state", user, mode)
                                .isEqualTo(given(mode, null, assigned, vendor));
                        for (Ipv6State state : Ipv6State.values()) {
                            put(service, mode, state);
                            assertThat(ipv6Of(nas, user))
                                    .as("%s %s %s", user, mode, state)
                                    .isEqualTo(given(mode, state, assigned, vendor));
                        }
                    }
                }
            }
        }
    }

    @Test
    void aLifeThroughTheApi() {
        long pool = pools.create(
                        new AddressPool(
                                0,
                                "ipv6-life",
                                null,
                                jdbc.queryForObject("select min(id) from vrf", Long.class),
                                AddressKind.IPV6_DELEGATED_PREFIX,
                                56,
                                null,
                                Duration.ofHours(1),
                                PoolAuthority.LOCAL),
                        Actor.named("test"))
                .id();
        parts.addBlock(pool, IpPrefix.parse("2001:db8:9500::/48"), null, null, Actor.named("test"));
        long service = service("ipv6-lived");
        String path = "/api/v1/services/" + service + "/ipv6";
        assertThat(api().get(path).json().has("state")).isFalse();
        assertThat(api().send("PUT", path, "application/json", "{\"mode\": \"pd\"}")
                        .status())
                .as("no pool")
                .isEqualTo(422);
        try (TestNas nas = new TestNas(NASES.get("generic"), radiusPort, SECRET)) {
            JsonNode enabled = enable(path, pool);
            assertThat(enabled.get("state").asText()).isEqualTo("allocated");
            String first = prefix(enabled);
            assertThat(ipv6Of(nas, "ipv6-lived")).containsExactly("Delegated-IPv6-Prefix = 2001:db8:9500::/56");

            assertThat(post(path + "/suspend").get("state").asText()).isEqualTo("suspended");
            assertThat(ipv6Of(nas, "ipv6-lived")).isEmpty();
            assertThat(post(path + "/resume").get("state").asText()).isEqualTo("allocated");
            assertThat(ipv6Of(nas, "ipv6-lived")).hasSize(1);

            session(service, "2001:db8:9500::/56", "life-1");
            sweep.activateSeen();
            assertThat(api().get(path).json().get("state").asText()).isEqualTo("active");

            JsonNode renumbered = post(path + "/renumber");
            assertThat(renumbered.get("state").asText()).isEqualTo("allocated");
            String second = prefix(renumbered);
            assertThat(second).isNotEqualTo(first);
            assertThat(renumbered.get("formerPrefixes").get(0).get("prefix").asText())
                    .isEqualTo(first);
            assertThat(renumbered.get("formerPrefixes").get(0).get("why").asText())
                    .isEqualTo("renumbered");
            assertThat(ipv6Of(nas, "ipv6-lived")).containsExactly("Delegated-IPv6-Prefix = 2001:db8:9500:100::/56");

            session(service, "2001:db8:9500:100::/56", "life-2");
            JsonNode revoking = post(path + "/revoke");
            assertThat(revoking.get("state").asText()).isEqualTo("revoking");
            assertThat(ipv6Of(nas, "ipv6-lived")).isEmpty();
            assertThat(revoking.get("heldBy").toString())
                    .contains("Session life-2 on bng-1 holds 2001:db8:9500:100::/56.")
                    .contains("are waited for");
            assertThat(api().send("PUT", path, "application/json", "{\"mode\": \"pd\"}")
                            .status())
                    .isEqualTo(409);
            sweep.finishRevoked();
            assertThat(api().get(path).json().get("state").asText()).isEqualTo("revoking");

            jdbc.update("update session set ended_at = now() where service_id = ?", service);
            Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                // As a minute later.
                jdbc.update(
                        "update convergence_cursor late set xid = read.xid, seq = read.seq from convergence_cursor read"
                                + " where late.name = 'nas-late' and read.name = 'nas'");
                sweep.finishRevoked();
                assertThat(api().get(path).json().toString()).contains("\"revoked\"");
            });
            assertThat(api().post(path + "/suspend", null, null).status()).isEqualTo(409);

            assertThat(prefix(enable(path, pool))).as("the same again").isEqualTo(second);
            assertThat(ipv6Of(nas, "ipv6-lived")).hasSize(1);
        }
        assertThat(api().get("/api/v1/ipv6?state=allocated").json().get("items").toString())
                .contains("\"serviceId\":" + service + ",");
        sweep.countStates();
        assertThat(meters.get("patchbay.ipv6.services")
                        .tag("state", "allocated")
                        .gauge()
                        .value())
                .isGreaterThanOrEqualTo(1);
        assertThat(api().get("/api/v1/services/987654321/ipv6").status()).isEqualTo(404);
        assertThat(api().get("/api/v1/ipv6?state=lost").status()).isEqualTo(400);
    }

    private JsonNode enable(String path, long pool) {
        Api.Answer answer =
                api().send("PUT", path, "application/json", "{\"mode\": \"pd\", \"delegatedPoolId\": " + pool + "}");
        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(200);
        return answer.json();
    }

    private JsonNode post(String path) {
        Api.Answer answer = api().post(path, null, null);
        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(200);
        return answer.json();
    }

    private static String prefix(JsonNode view) {
        return view.get("prefixes").get(0).get("prefix").asText();
    }

    private void session(long service, String prefix, String name) {
        new GivenSession(name, Instant.now())
                .nas(jdbc.queryForObject("select id from nas_client where name = 'ipv6-generic'", Long.class), "bng-1")
                .of(service, null)
                .holds("ipv6-delegated-prefix", prefix)
                .store(jdbc);
    }

    /** Mode and state as if the lifecycle had come there. */
    private void put(long service, Ipv6Mode mode, Ipv6State state) {
        jdbc.update("delete from service_ipv6 where service_id = ?", service);
        jdbc.update("update service set ipv6_mode = ? where id = ?", mode == null ? null : mode.word(), service);
        if (state != null) {
            jdbc.update(
                    "insert into service_ipv6 (service_id, mode, state) values (?, ?, 'pending')",
                    service,
                    mode.word());
            WAYS.get(state)
                    .forEach(next ->
                            jdbc.update("update service_ipv6 set state = ? where service_id = ?", next, service));
        }
        feed.refreshNow(service);
    }

    private Set<String> ipv6Of(TestNas nas, String user) {
        RadiusPacket reply = nas.ask(nas.pap(user, "pw", null)).orElseThrow();
        byte[] bytes = reply.bytes();
        List<String> lines = new AttributeListing(dictionary).lines(bytes, RadiusPacket.HEADER_LENGTH, reply.length());
        assertThat(lines).as("an accept, with its IPv4").anyMatch(line -> line.startsWith("Framed-IP-Address"));
        return lines.stream()
                .filter(line -> line.contains("IPv6") || line.contains("Ipv6"))
                .map(line -> line.replace("\"", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private long service(String user) {
        return jdbc.queryForObject("select service_id from credential where user_name = ?", Long.class, user);
    }

    private Api api() {
        return Api.asAdmin(httpPort);
    }
}
