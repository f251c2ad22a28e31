package io.patchbay.ledger.netbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.patchbay.lab.NetBoxFault;
import io.patchbay.lab.NetBoxSimulator;
import io.patchbay.ledger.netbox.WebhookReader.Heard;
import io.patchbay.netbox.NetBox;
import io.patchbay.netbox.NetBoxFixture;
import io.patchbay.netbox.ObjectType;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** In the lab's NetBox and, when NETBOX_URL, NETBOX_TOKEN and NETBOX_TOKEN_OTHER are set, in a real one. */
class IngestionTest {
    private static final Map<String, String> SETTINGS =
            Map.of("changes-settle", "0s", "deadline", "3s", "response-timeout", "1s");

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class OnSimulator extends IngestionContract {
        private NetBoxSimulator simulator;
        private NetBoxFixture alice;

        @BeforeAll
        void start() throws Exception {
            simulator = new NetBoxSimulator("4.6.8");
            alice = new NetBoxFixture(simulator.url(), NetBoxSimulator.OPERATORS_TOKEN, SETTINGS);
        }

        @AfterAll
        void stop() {
            alice.close();
            simulator.close();
        }

        @Override
        NetBoxFixture open() throws Exception {
            simulator.heal();
            return new NetBoxFixture(simulator.url(), NetBoxSimulator.TOKEN, SETTINGS);
        }

        @Override
        NetBox alice() {
            return alice.netBox();
        }

        @Test
        void oneThatCannotBeTakenWaitsAndStopsNobodyElse() {
            inbox.put(ObjectType.IP_ADDRESS, 4_711, "service-5/ipv4-address", "5", ChangeInbox.HeardBy.WEBHOOK);
            inbox.put(ObjectType.IP_ADDRESS, 4_712, "service-6/ipv4-address", "6", ChangeInbox.HeardBy.WEBHOOK);
            simulator.always(NetBoxFault.of(NetBoxFault.Kind.UNAVAILABLE, request -> true));

            assertThat(ingestion.drain()).isZero();
            assertThat(inbox.waiting()).isEqualTo(2);

            simulator.heal();
            assertThat(ingestion.drain()).isEqualTo(2);
            assertThat(repaired).containsExactlyInAnyOrder(5L, 6L);
        }

        @Test
        void webhooksAreReadAsHintsAndCountedByWhatBecameOfThem() {
            SimpleMeterRegistry meters = new SimpleMeterRegistry();
            WebhookReader reader = new WebhookReader(netBox, inbox, meters);

            assertThat(read(
                            reader,
                            "{\"event\":\"updated\",\"object_type\":\"ipam.ipaddress\",\"data\":{\"id\":9},"
                                    + "\"request\":{\"id\":\"x\",\"user\":\"alice\"}}"))
                    .isEqualTo(Heard.QUEUED);
            assertThat(read(reader, "{\"object_type\":\"dcim.site\",\"data\":{\"id\":9}}"))
                    .isEqualTo(Heard.UNCONCERNED);
            assertThat(read(reader, "{\"object_type\":\"ipam.vlan\",\"data\":{\"id\":\"nine\"}}"))
                    .isEqualTo(Heard.MALFORMED);
            assertThat(read(reader, "{\"object_type\":\"ipam.vlan\"}")).isEqualTo(Heard.MALFORMED);
            assertThat(read(reader, "[1]")).isEqualTo(Heard.MALFORMED);
            assertThat(read(reader, "")).isEqualTo(Heard.MALFORMED);
            assertThat(read(reader, "{\"object_type\":")).isEqualTo(Heard.MALFORMED);

            assertThat(inbox.waiting()).isEqualTo(1);
            assertThat(meters.counter("patchbay.netbox.webhooks", "outcome", "malformed")
                            .count())
                    .isEqualTo(5);
        }

        private Heard read(WebhookReader reader, String body) {
            return reader.read(body.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    @EnabledIfEnvironmentVariable(named = "NETBOX_URL", matches = "http.+")
    @EnabledIfEnvironmentVariable(named = "NETBOX_TOKEN_OTHER", matches = ".+")
    class OnRealNetBox extends IngestionContract {
        private NetBoxFixture alice;

        @BeforeAll
        void start() throws Exception {
            alice = new NetBoxFixture(System.getenv("NETBOX_URL"), System.getenv("NETBOX_TOKEN_OTHER"), SETTINGS);
        }

        @AfterAll
        void stop() {
            alice.close();
        }

        @Override
        NetBoxFixture open() throws Exception {
            return new NetBoxFixture(System.getenv("NETBOX_URL"), System.getenv("NETBOX_TOKEN"), SETTINGS);
        }

        @Override
        NetBox alice() {
            return alice.netBox();
        }
    }
}
