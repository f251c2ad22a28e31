package io.patchbay.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchbay.netbox.ObjectType;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The lab's NetBox where the client does not reach: what is asked by others, and how fast it is when it is full. */
class NetBoxSimulatorTest {
    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void aLargePoolIsAsFastWhenItIsFull() throws Exception {
        try (NetBoxSimulator simulator = new NetBoxSimulator("4.6.8")) {
            long id = post(simulator, "ipam/prefixes/", "{\"prefix\":\"198.18.0.0/17\"}")
                    .path("id")
                    .asLong();
            long begun = System.nanoTime();
            Set<String> taken = new HashSet<>();
            String list = "[" + "{},".repeat(499) + "{}]";
            for (int i = 0; i < 40; i++) {
                post(simulator, "ipam/prefixes/" + id + "/available-ips/", list)
                        .forEach(one -> taken.add(one.path("address").asText()));
            }
            assertThat(taken).hasSize(20_000).contains("198.18.0.1/17", "198.18.78.32/17");
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
        }
    }

    @Test
    void aLargePoolOfPrefixesIsUsedToItsEnd() throws Exception {
        try (NetBoxSimulator simulator = new NetBoxSimulator("4.6.8")) {
            long id = post(simulator, "ipam/prefixes/", "{\"prefix\":\"fd00::/44\"}")
                    .path("id")
                    .asLong();
            String path = "ipam/prefixes/" + id + "/available-prefixes/";
            String list = "[" + "{\"prefix_length\":56},".repeat(511) + "{\"prefix_length\":56}]";
            for (int i = 0; i < 8; i++) {
                post(simulator, path, list);
            }
            assertThat(simulator.size(ObjectType.PREFIX)).isEqualTo(4097);
            assertThat(send(simulator, "POST", path, "{\"prefix_length\":64}", NetBoxSimulator.TOKEN)
                            .statusCode())
                    .isEqualTo(409);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "4.4.10, Token,  0123456789abcdef0123456789abcdef01234567,                        200",
        "4.4.10, Bearer, nbt_Zx81KeyOfLab.abcdefghijklmnopqrstuvwxyz0123456789ABCD,       403",
        "4.6.8,  Bearer, nbt_Zx81KeyOfLab.abcdefghijklmnopqrstuvwxyz0123456789ABCD,       200",
        "4.6.8,  Bearer, nbt_Zx81KeyOfLab.wrong,                                          403",
        "4.6.8,  Basic,  0123456789abcdef0123456789abcdef01234567,                        403"
    })
    void tokensAreLookedAt(String version, String scheme, String token, int status) throws Exception {
        try (NetBoxSimulator simulator = new NetBoxSimulator(version)) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(simulator.url() + "/api/status/"))
                    .header("Authorization", scheme + " " + token)
                    .build();
            assertThat(client.send(request, HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(status);
        }
    }

    @Test
    void aPageIsFiftyUnlessToldAndAThousandAtMost() throws Exception {
        try (NetBoxSimulator simulator = new NetBoxSimulator("4.6.8")) {
            long id = post(simulator, "ipam/prefixes/", "{\"prefix\":\"198.18.0.0/20\"}")
                    .path("id")
                    .asLong();
            post(simulator, "ipam/prefixes/" + id + "/available-ips/", "[" + "{},".repeat(1199) + "{}]");
            assertThat(get(simulator, "ipam/ip-addresses/").path("results")).hasSize(50);
            assertThat(get(simulator, "ipam/ip-addresses/?limit=5000").path("results"))
                    .hasSize(1000);
            assertThat(get(simulator, "ipam/ip-addresses/?limit=100&offset=1150")
                            .path("results"))
                    .hasSize(50);
            assertThat(get(simulator, "ipam/ip-addresses/?limit=100&start=1101")
                            .path("next")
                            .isNull())
                    .isFalse();
            assertThat(get(simulator, "ipam/ip-addresses/?fields=id,address&limit=1")
                            .path("results")
                            .get(0))
                    .hasSize(2);
        }
    }

    private JsonNode get(NetBoxSimulator simulator, String path) throws Exception {
        return json.readTree(send(simulator, "GET", path, "", NetBoxSimulator.OPERATORS_TOKEN)
                .body());
    }

    private JsonNode post(NetBoxSimulator simulator, String path, String body) throws Exception {
        HttpResponse<String> answer = send(simulator, "POST", path, body, NetBoxSimulator.OPERATORS_TOKEN);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return json.readTree(answer.body());
    }

    private HttpResponse<String> send(NetBoxSimulator simulator, String method, String path, String body, String token)
            throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(simulator.url() + "/api/" + path))
                        .header("Authorization", "Token " + token)
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
