package io.patchbay.ledger.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchbay.lab.HubProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hub is killed (kill -9) amid activations; the next one goes on with them. Only with {@code -Plong}. */
@Tag("long")
class LongWorkflowKillTest {
    private static final Duration START = Duration.ofMinutes(5);
    private static final int SERVICES = 60;
    private static final int KILLS = 3;

    @TempDir
    Path dataDir;

    @Test
    void whatWasBegunIsDoneOnce() throws Exception {
        Random random = new Random();
        try (WorkflowWorld world = new WorkflowWorld()) {
            long vlans = world.vlanPool("vlans", 100, 1, SERVICES);
            long ipv4 = world.addressPool("ipv4", "ipv4-address", 32, "192.0.2.0/26");
            long wan = world.addressPool("wan", "ipv6-wan-prefix", 64, "2001:db8::/56");
            world.jdbc.update(
                    "update plan set vlan_pool_id = ?, ipv4_address_pool_id = ?, ipv6_wan_pool_id = ?, ipv6_mode = 'slaac'",
                    vlans,
                    ipv4,
                    wan);
            world.node("olt-1");
            List<Long> services = new ArrayList<>();
            for (int i = 0; i < SERVICES; i++) {
                services.add(world.service("user-" + i, "pending", null));
            }
            world.jdbc.update("delete from credential");
            String[] settings = {
                "--spring.datasource.url="
                        + world.database.getConnection().getMetaData().getURL(),
                "--spring.datasource.username=postgres",
                "--patchbay.workflow.lease=2s"
            };
            for (int kill = 0; kill < KILLS; kill++) {
                HubProcess hub = HubProcess.start(dataDir, settings);
                hub.awaitUp(START);
                int from = kill * SERVICES / KILLS;
                CompletableFuture<Void> begin = CompletableFuture.runAsync(
                        () -> services.subList(from, services.size()).forEach(service -> activate(hub, service)));
                long steps =
                        world.id("select count(*) from workflow_step where state = 'done'") + 5 + random.nextInt(40);
                await().atMost(Duration.ofMinutes(2))
                        .pollInterval(Duration.ofMillis(5))
                        .until(() -> world.id("select count(*) from workflow_step where state = 'done'") >= steps);
                hub.kill();
                assertThat(failure(begin))
                        .as("the hub was killed amid the activations")
                        .isNotNull();
            }
            try (HubProcess hub = HubProcess.start(dataDir, settings)) {
                hub.awaitUp(START);
                await().atMost(Duration.ofMinutes(1))
                        .until(() -> world.id("select count(*) from workflow where state <> 'done'") == 0);
                long begun = world.id("select count(*) from workflow");
                assertThat(begun).isPositive();
                assertThat(world.id("select count(*) from service where state = 'active' and line_id is not null"))
                        .isEqualTo(begun);
                assertThat(world.id("select count(*) from access_line")).isEqualTo(begun);
                assertThat(world.id("select count(*) from service_vlan")).isEqualTo(begun);
                assertThat(world.id("select count(*) from service_prefix")).isEqualTo(2 * begun);
                assertThat(world.id("select count(*) from address_history")).isZero();
                assertThat(world.id("select count(*) from workflow_step where attempts <> 1"))
                        .isZero();
            }
        }
    }

    /** One that was begun before the kill answers 409, which is as good. */
    private static void activate(HubProcess hub, long service) {
        try {
            hub.post(
                    "/api/v1/workflows",
                    "application/json",
                    "{\"kind\": \"activate\", \"serviceId\": " + service
                            + ", \"wishes\": {\"line\": {\"accessNode\": \"olt-1\", \"circuitId\": \"line " + service
                            + "\"}}}");
        } catch (AssertionError refused) {
            assertThat(refused).hasMessageStartingWith("409 ");
        }
    }

    private static Throwable failure(CompletableFuture<Void> work) throws InterruptedException {
        try {
            work.get();
            return null;
        } catch (ExecutionException failed) {
            return failed.getCause();
        }
    }
}
