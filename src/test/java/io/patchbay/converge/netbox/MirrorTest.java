package io.patchbay.converge.netbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchbay.lab.NetBoxFault;
import io.patchbay.lab.NetBoxSimulator;
import io.patchbay.netbox.NetBoxFixture;
import io.patchbay.netbox.ObjectType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The mirror in the lab's NetBox and, when NETBOX_URL and NETBOX_TOKEN are set, in a real one. */
class MirrorTest {
    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class OnSimulator extends MirrorContract {
        private NetBoxSimulator simulator;

        @BeforeAll
        void start() {
            simulator = new NetBoxSimulator("4.6.8");
        }

        @AfterAll
        void stop() {
            simulator.close();
        }

        @Override
        NetBoxFixture open() throws Exception {
            simulator.heal();
            return new NetBoxFixture(
                    simulator.url(), NetBoxSimulator.TOKEN, Map.of("deadline", "3s", "response-timeout", "1s"));
        }

        @Test
        void whatWaitsWhileNetBoxIsAwayIsSeenAndDoneWhenItIsBack() {
            long addresses = ledger.pool("v4", "ipv4-address", "local", vrf, "10.1.0.0/24", null);
            simulator.always(NetBoxFault.of(NetBoxFault.Kind.UNAVAILABLE, request -> true));
            long service = ledger.service();
            ledger.assign(service, addresses, "ipv4-address", "10.1.0.7/32");

            for (int turns = 0; turns < 6; turns++) {
                mirror.turn();
            }

            assertThat(mirror.stateOf(service)).isEqualTo("waiting");
            assertThat(mirror.state.read().waiting()).isEqualTo(1);
            assertThat(mirror.state.read().waitingSince()).isNotNull();
            assertThat(mirror.state.read().away()).isNotNull();
            assertThat(ledger.prefixOf(service, "ipv4-address")).isEqualTo("10.1.0.7/32");

            simulator.heal();
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                mirror.turn();
                return mirror.stateOf(service).equals("done");
            });
            assertThat(mirror.state.read().waiting()).isZero();
        }

        @Test
        void anAnswerThatIsLostAfterTheWriteMakesNoSecondObject() {
            long addresses = ledger.pool("v4", "ipv4-address", "local", vrf, "10.1.0.0/24", null);
            int before = simulator.size(ObjectType.IP_ADDRESS);
            simulator.next(NetBoxFault.of(
                    NetBoxFault.Kind.RESET_AFTER,
                    request -> request.method().equals("POST") && request.path().contains("ip-addresses")));
            List<Long> services = IntStream.range(1, 20)
                    .mapToObj(host -> {
                        long service = ledger.service();
                        ledger.assign(service, addresses, "ipv4-address", "10.1.0." + host + "/32");
                        return service;
                    })
                    .toList();

            for (int turns = 0; turns < 3; turns++) {
                mirror.turn();
            }

            assertThat(services)
                    .allSatisfy(service -> assertThat(mirror.stateOf(service)).isEqualTo("done"));
            assertThat(simulator.size(ObjectType.IP_ADDRESS)).isEqualTo(before + 19);
        }

        @Test
        void aTurnIsAFewCalls() {
            long addresses = ledger.pool("v4", "ipv4-address", "local", vrf, "10.1.0.0/22", null);
            for (int host = 0; host < 400; host++) {
                ledger.assign(
                        ledger.service(), addresses, "ipv4-address", "10.1." + host / 200 + "." + (host % 200) + "/32");
            }
            simulator.forgetRequests();

            mirror.turn();

            assertThat(simulator.count(request -> request.method().equals("POST")))
                    .isLessThanOrEqualTo(6);
            assertThat(simulator.count(request -> true)).isLessThan(60);
        }
    }

    @Nested
    @EnabledIfEnvironmentVariable(named = "NETBOX_URL", matches = "http.+")
    @EnabledIfEnvironmentVariable(named = "NETBOX_TOKEN", matches = ".+")
    class OnRealNetBox extends MirrorContract {
        @Override
        NetBoxFixture open() throws Exception {
            return new NetBoxFixture(System.getenv("NETBOX_URL"), System.getenv("NETBOX_TOKEN"), Map.of());
        }
    }
}
