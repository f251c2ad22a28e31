package io.patchbay.netbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.patchbay.lab.NetBoxSimulator;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** RFC 4231, test case 2. */
    @Test
    void theSignatureIsThatOfTheRfc() {
        byte[] body = "what do ya want for nothing?".getBytes(UTF_8);
        String signature = "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554"
                + "9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737";
        assertThat(WebhookSignature.sign(body, "Jefe")).isEqualTo(signature);
        assertThat(WebhookSignature.verify(body, signature, "Jefe")).isTrue();
        assertThat(WebhookSignature.verify(body, signature.toUpperCase(), "Jefe"))
                .isTrue();
        assertThat(WebhookSignature.verify(body, signature, "jefe")).isFalse();
        assertThat(WebhookSignature.verify("what do ya want for nothing".getBytes(UTF_8), signature, "Jefe"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "no hex", "sha512=00", "é"})
    void whatIsNoSignatureIsNotBelieved(String header) {
        assertThat(WebhookSignature.verify(new byte[0], header, "Jefe")).isFalse();
    }

    @Test
    void withoutHeaderOrSecretNothingIsBelieved() {
        byte[] body = {1};
        assertThat(WebhookSignature.verify(body, null, "Jefe")).isFalse();
        assertThat(WebhookSignature.verify(body, "00", "")).isFalse();
        assertThat(new NetBoxWebhook(null).isFromNetBox(body, "00")).isFalse();
        assertThat(new NetBoxWebhook(null).isOn()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"4.2.9", "4.4.10", "4.5.3", "4.6.8", "4.7.0"})
    void aChangeIsReadFromTheWebhookOfEachVersion(String version) throws Exception {
        LinkedBlockingQueue<byte[]> bodies = new LinkedBlockingQueue<>();
        LinkedBlockingQueue<String> signatures = new LinkedBlockingQueue<>();
        HttpServer hub = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hub.createContext("/", exchange -> {
            signatures.add(exchange.getRequestHeaders().getFirst(WebhookSignature.HEADER));
            bodies.add(exchange.getRequestBody().readAllBytes());
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        hub.start();
        try (NetBoxSimulator simulator = new NetBoxSimulator(version);
                NetBoxFixture hubs = new NetBoxFixture(simulator.url(), NetBoxSimulator.TOKEN, Map.of());
                NetBoxFixture theirs = new NetBoxFixture(simulator.url(), NetBoxSimulator.OPERATORS_TOKEN, Map.of())) {
            URI address = URI.create("http://127.0.0.1:" + hub.getAddress().getPort() + "/");
            simulator.sendWebhooksTo(address, "hush");
            long id = hubs.netBox()
                    .create(ObjectType.PREFIX, NetBoxFixture.fields("prefix", "198.18.0.0/24"))
                    .orElseThrow()
                    .id();
            Change own = next(bodies, signatures);
            assertThat(own.action()).isEqualTo(Change.Action.CREATE);
            assertThat(own.before()).isNull();
            assertThat(hubs.netBox().isOwn(own.user(), own.requestId())).isTrue();

            theirs.netBox()
                    .patch(ObjectType.PREFIX, id, NetBoxFixture.fields("status", "reserved"), null)
                    .orElseThrow();
            Change changed = next(bodies, signatures);
            assertThat(changed.type()).isEqualTo(ObjectType.PREFIX);
            assertThat(changed.objectId()).isEqualTo(id);
            assertThat(changed.user()).isEqualTo("alice");
            assertThat(changed.before().path("status").asText()).isEqualTo("active");
            assertThat(changed.after().path("status").asText()).isEqualTo("reserved");
            assertThat(changed.at()).isNotNull();
            assertThat(hubs.netBox().isOwn(changed.user(), changed.requestId())).isFalse();
        } finally {
            hub.stop(0);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "\"text\"",
                "{\"event\":\"created\",\"object_type\":\"dcim.device\",\"data\":{\"id\":1}}",
                "{\"event\":\"job_ended\",\"object_type\":\"ipam.prefix\",\"data\":{\"id\":1}}",
                "{\"event\":\"created\",\"object_type\":\"ipam.prefix\",\"data\":{}}"
            })
    void whatIsNoChangeOfOursIsPassedOver(String body) throws Exception {
        assertThat(WebhookBody.read(JSON.readTree(body))).isEmpty();
    }

    private static Change next(LinkedBlockingQueue<byte[]> bodies, LinkedBlockingQueue<String> signatures)
            throws Exception {
        byte[] body = bodies.poll(10, TimeUnit.SECONDS);
        assertThat(new NetBoxWebhook("hush").isFromNetBox(body, signatures.poll(1, TimeUnit.SECONDS)))
                .isTrue();
        JsonNode read = JSON.readTree(body);
        return WebhookBody.read(read).orElseThrow();
    }
}
