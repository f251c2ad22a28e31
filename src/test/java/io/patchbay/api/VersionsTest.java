package io.patchbay.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.HubTest;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** ETag, If-Match and If-None-Match (RFC 9110 section 13). */
@HubTest
class VersionsTest {
    private static final String JSON = "application/json";

    @LocalServerPort
    int port;

    @Test
    void whatIsMadeReadAndChangedTellsItsVersion() {
        String path = nas("versions", "10.36.0.90");
        Api.Answer read = Api.asAdmin(port).get(path);
        String etag = etag(read);
        assertThat(etag).matches("\"[0-9a-f]{32}\"");

        Api.Answer again = Api.asAdmin(port).send("GET", path, null, null, "If-None-Match", "\"other\", W/" + etag);
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.http().body()).isEmpty();
        assertThat(etag(again)).isEqualTo(etag);

        Api.Answer changed = change(path, etag, 1);
        assertThat(changed.status()).isEqualTo(200);
        assertThat(etag(changed))
                .isNotEqualTo(etag)
                .isEqualTo(etag(Api.asAdmin(port).get(path)));
        assertThat(Api.asAdmin(port)
                        .send("GET", path, null, null, "If-None-Match", etag)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void anOldVersionAndAWeakOneAreRefusedAndNothingIsChanged() {
        String path = nas("versions-old", "10.36.0.91");
        String etag = etag(Api.asAdmin(port).get(path));
        assertThat(change(path, etag, 1).status()).isEqualTo(200);
        Api.Answer late = change(path, etag, 2);
        assertThat(late.status()).isEqualTo(412);
        assertThat(late.contentType()).startsWith(Problem.MEDIA_TYPE);
        String current = etag(Api.asAdmin(port).get(path));
        assertThat(change(path, "W/" + current, 2).status()).isEqualTo(412);
        assertThat(Api.asAdmin(port).get(path).json().get("rejectDelayMs").asInt())
                .isEqualTo(1);
        assertThat(change(path, "*", 3).status()).isEqualTo(200);
        assertThat(change("/api/v1/nas-clients/999999999", "*", 3).status()).isEqualTo(404);
    }

    @Test
    void whatDependsOnNoVersionSaysSo() {
        Api.Answer refused = Api.asAdmin(port)
                .post(nas("versions-none", "10.36.0.92") + "/secret", JSON, "{\"secret\": \"x\"}", "If-Match", "\"1\"");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().get("detail").asText()).contains("rotateNasSecret takes no If-Match");
    }

    @Test
    void ofManyWritersWithOneVersionOneWins() throws Exception {
        String path = nas("versions-many", "10.36.0.93");
        for (int round = 0; round < 5; round++) {
            String etag = etag(Api.asAdmin(port).get(path));
            int first = 100 * (round + 1);
            List<Callable<Integer>> writers = IntStream.range(first, first + 8)
                    .<Callable<Integer>>mapToObj(
                            delay -> () -> change(path, etag, delay).status())
                    .toList();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Integer> told = threads.invokeAll(writers).stream()
                        .map(Future::resultNow)
                        .sorted()
                        .toList();
                assertThat(told).containsExactly(200, 412, 412, 412, 412, 412, 412, 412);
            }
        }
    }

    private Api.Answer change(String path, String etag, int rejectDelay) {
        return Api.asAdmin(port)
                .send("PATCH", path, JSON, "{\"rejectDelayMs\": " + rejectDelay + "}", "If-Match", etag);
    }

    private String nas(String name, String address) {
        Api.Answer made = Api.asAdmin(port)
                .post(
                        "/api/v1/nas-clients",
                        JSON,
                        "{\"name\": \"" + name + "\", \"address\": \"" + address + "\", \"secret\": \"s\"}");
        assertThat(made.status()).as(made.http().body()).isEqualTo(201);
        String path = made.http().headers().firstValue("Location").orElseThrow();
        assertThat(etag(made)).isEqualTo(etag(Api.asAdmin(port).get(path)));
        return path;
    }

    private static String etag(Api.Answer answer) {
        return answer.http().headers().firstValue("ETag").orElseThrow();
    }
}
