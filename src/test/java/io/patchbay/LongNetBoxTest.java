package io.patchbay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchbay.lab.HubProcess;
import io.patchbay.lab.NetBoxSimulator;
import io.patchbay.netbox.Filters;
import io.patchbay.netbox.NetBoxFixture;
import io.patchbay.netbox.ObjectType;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real hub and a NetBox: the hub is killed while clients have addresses chosen by NetBox; then a change in NetBox comes back by
 * webhook. Minutes of real processes, so only with {@code -Plong}.
 */
@Tag("long")
class LongNetBoxTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SECRET = "the-secret-of-the-webhooks";
    private static final Duration START = Duration.ofMinutes(4);
    private static final int SERVICES = 60;

    @TempDir
    private Path dataDir;

    @Test
    void aKillAmidAllocationsLeaksNothingAndChangesComeBack() throws Exception {
        try (NetBoxSimulator simulator = new NetBoxSimulator("4.6.8");
                NetBoxFixture client = new NetBoxFixture(simulator.url(), NetBoxSimulator.OPERATORS_TOKEN, Map.of())) {
            HubProcess hub = HubProcess.start(
                    dataDir,
                    "--patchbay.netbox.url=" + simulator.url(),
                    "--patchbay.netbox.token=" + NetBoxSimulator.TOKEN,
                    "--patchbay.netbox.rate=1000",
                    "--patchbay.netbox.webhook-secret=" + SECRET,
                    "--patchbay.netbox.changes-settle=0s",
                    "--patchbay.netbox.poll-cron=0/5 * * * * ?");
            hub.awaitUp(START);
            simulator.sendWebhooksTo(hub.uri("/api/v1/netbox/webhook"), SECRET);
            Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> reachable(hub));
            List<Long> services = services(hub);
            long parent = client.netBox()
                    .create(ObjectType.PREFIX, NetBoxFixture.fields("prefix", "10.66.0.0/26", "is_pool", true))
                    .orElseThrow()
                    .id();
            long pool = post(
                            hub,
                            "/api/v1/address-pools",
                            "{\"name\": \"chosen\", \"kind\": \"ipv4-address\", \"authority\": \"netbox\"}")
                    .path("id")
                    .asLong();
            post(hub, "/api/v1/netbox/pools/" + pool + "/blocks", "{\"prefixId\": " + parent + "}");

            List<Long> left = assignUntilKilled(hub, services, simulator);
            HubProcess again = hub.again();
            try {
                again.awaitUp(START);
                simulator.sendWebhooksTo(again.uri("/api/v1/netbox/webhook"), SECRET);
                assertThat(left).isNotEmpty();
                for (long service : services) {
                    // A client whose claim died with the hub waits out its lease, and gets what it took.
                    Awaitility.await()
                            .atMost(Duration.ofMinutes(4))
                            .pollInterval(Duration.ofSeconds(2))
                            .until(() -> isAssigned(again, service));
                }
                Set<String> assigned = new HashSet<>();
                for (long service : services) {
                    assigned.add(address(again, service));
                }
                assertThat(assigned).hasSize(SERVICES);
                assertThat(simulator.size(ObjectType.IP_ADDRESS)).isEqualTo(SERVICES);

                changeComesBack(client, again, services.getFirst());
            } finally {
                again.close();
            }
        }
    }

    private static void changeComesBack(NetBoxFixture alice, HubProcess hub, long service) {
        long object = alice.netBox()
                .find(ObjectType.IP_ADDRESS, Filters.of("cf_patchbay_service", service))
                .orElseThrow()
                .getFirst()
                .id();
        alice.netBox()
                .patch(ObjectType.IP_ADDRESS, object, NetBoxFixture.fields("address", "10.66.0.63/32"), null)
                .orElseThrow();
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(address(hub, service))
                .isEqualTo("10.66.0.63/32"));
    }

    /** @return those that did not have an answer when the hub was killed */
    private static List<Long> assignUntilKilled(HubProcess hub, List<Long> services, NetBoxSimulator simulator)
            throws Exception {
        List<Long> left = new ArrayList<>();
        try (ExecutorService clients = Executors.newFixedThreadPool(8)) {
            List<Future<Boolean>> asked = services.stream()
                    .map(service -> clients.submit(() -> isAssigned(hub, service)))
                    .toList();
            while (simulator.size(ObjectType.IP_ADDRESS) < SERVICES / 3) {
                LockSupport.parkNanos(1_000_000);
            }
            hub.kill();
            for (int index = 0; index < services.size(); index++) {
                if (!asked.get(index).get()) {
                    left.add(services.get(index));
                }
            }
        }
        return left;
    }

    private static boolean isAssigned(HubProcess hub, long service) {
        try {
            post(
                    hub,
                    "/api/v1/services/" + service + "/addresses",
                    "{\"kind\": \"ipv4-address\", \"pool\": \"chosen\"}");
            return true;
        } catch (RuntimeException | AssertionError notYet) {
            return false;
        }
    }

    private static String address(HubProcess hub, long service) {
        return json(hub.get("/api/v1/services/" + service + "/addresses"))
                .at("/items/0/prefix")
                .asText();
    }

    private static boolean reachable(HubProcess hub) {
        return json(hub.get("/api/v1/netbox")).path("reachable").asBoolean();
    }

    private static List<Long> services(HubProcess hub) {
        hub.importCsv("circuit_id\n"
                + IntStream.range(0, SERVICES)
                        .mapToObj(line -> "netbox-line-" + line)
                        .collect(Collectors.joining("\n")));
        List<Long> services = new ArrayList<>();
        json(hub.get("/api/v1/services?limit=1000")).path("items").forEach(service -> {
            if (service.path("addresses").isEmpty()) {
                services.add(service.path("id").asLong());
            }
        });
        return services.subList(services.size() - SERVICES, services.size());
    }

    private static JsonNode post(HubProcess hub, String path, String body) {
        return json(hub.post(path, "application/json", body));
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException unreadable) {
            throw new IllegalStateException(text, unreadable);
        }
    }
}
