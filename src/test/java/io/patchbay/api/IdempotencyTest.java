package io.patchbay.api;

import static io.patchbay.api.ProblemTest.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.HubTest;
import io.patchbay.api.security.Caller;
import io.patchbay.api.security.Role;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;

/** A POST with an Idempotency-Key is done once, however often it is sent. */
@HubTest
class IdempotencyTest {
    private static final String TOKENS = "/api/v1/tokens";
    private static final String JSON = "application/json";

    @LocalServerPort
    int port;

    @Autowired
    Idempotency idempotency;

    @Autowired
    JdbcTemplate jdbc;

    private final String key = UUID.randomUUID().toString();
    private final AtomicInteger done = new AtomicInteger();

    @Test
    void aRepeatedRequestGetsTheFirstAnswerWordForWord() {
        String body = token("repeated-" + key);
        Api.Answer first = Api.asAdmin(port).post(TOKENS, JSON, body, "Idempotency-Key", key);
        Api.Answer second = Api.asAdmin(port).post(TOKENS, JSON, body, "Idempotency-Key", key);
        assertThat(first.status()).isEqualTo(201);
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.http().body()).isEqualTo(first.http().body());
        assertThat(second.http().headers().firstValue("Location"))
                .isEqualTo(first.http().headers().firstValue("Location"))
                .isNotEmpty();
    }

    @Test
    void withoutAKeyTheSameIsTriedAgain() {
        String body = token("twice-" + key);
        assertThat(Api.asAdmin(port).post(TOKENS, JSON, body).status()).isEqualTo(201);
        assertThat(problem(Api.asAdmin(port).post(TOKENS, JSON, body), 409)).contains("exists already");
    }

    @Test
    void theSameKeyWithAnotherBodyIsRefused() {
        Api.asAdmin(port).post(TOKENS, JSON, token("one-" + key), "Idempotency-Key", key);
        var other = Api.asAdmin(port).post(TOKENS, JSON, token("other-" + key), "Idempotency-Key", key);
        assertThat(problem(other, 422)).contains("another request");
    }

    @Test
    void theSameKeyAndBodyForAnotherResourceIsRefused() {
        String secret = "{\"secret\": \"next\"}";
        String first = nas("idempotent-1", "198.51.100.91");
        String second = nas("idempotent-2", "198.51.100.92");
        assertThat(Api.asAdmin(port)
                        .post(first + "/secret", JSON, secret, "Idempotency-Key", key)
                        .status())
                .isEqualTo(204);
        Api.Answer other = Api.asAdmin(port).post(second + "/secret", JSON, secret, "Idempotency-Key", key);
        assertThat(problem(other, 422)).contains("another request");
        Api.Answer repeated = Api.asAdmin(port).post(first + "/secret", JSON, secret, "Idempotency-Key", key);
        assertThat(repeated.status()).isEqualTo(204);
    }

    @Test
    void theSameKeyAndBodyWithAnotherQueryIsRefused() {
        String path = "/api/v1/subscribers/import?tenant=";
        String csv = "username,password\n";
        Api.asAdmin(port).post(path + "default", "text/csv", csv, "Idempotency-Key", key);
        Api.Answer other = Api.asAdmin(port).post(path + "other", "text/csv", csv, "Idempotency-Key", key);
        assertThat(problem(other, 422)).contains("another request");
    }

    @Test
    void anAnswerThatCannotBeKeptIsStillGiven() throws Exception {
        RenderedResponse answer = idempotency.answer(request(key), () -> {
            // No such status: the table refuses it.
            work();
            return new RenderedResponse(999, null, new byte[0]);
        });
        assertThat(answer.status()).isEqualTo(999);
        assertThat(done).hasValue(1);
    }

    @Test
    void whatMayStillBeWorkedOnIsNotBegunAgain() {
        jdbc.update(
                "insert into idempotent_request (caller, idempotency_key, operation, request_hash, started_at)"
                        + " values ('tester', ?, 'createToken', ?, now() - interval '16 minutes')",
                key,
                new byte[32]);
        assertThatThrownBy(() -> idempotency.answer(request(key), this::work)).isInstanceOf(ProblemException.class);
        assertThat(done).hasValue(0);
    }

    @Test
    void aFailureIsNotKept() throws Exception {
        assertThatThrownBy(() -> idempotency.answer(request(key), () -> {
                    throw new IOException("the first time");
                }))
                .isInstanceOf(IOException.class);
        assertThat(idempotency.answer(request(key), this::work).status()).isEqualTo(200);
    }

    @Test
    void whileTheFirstIsWorkedOnASecondIsToldSo() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        CompletableFuture<RenderedResponse> first = CompletableFuture.supplyAsync(() -> {
            try {
                return idempotency.answer(request(key), () -> {
                    started.countDown();
                    mayEnd.await();
                    return work();
                });
            } catch (Exception failed) {
                throw new IllegalStateException(failed);
            }
        });
        started.await();
        assertThatThrownBy(() -> idempotency.answer(request(key), this::work))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        told -> assertThat(told.problem().status()).isEqualTo(409));
        mayEnd.countDown();
        assertThat(first.get().status()).isEqualTo(200);
        assertThat(idempotency.answer(request(key), this::work).body())
                .isEqualTo(first.get().body());
        assertThat(done).hasValue(1);
    }

    @Test
    void anAnswerThatNeverCameIsNotWaitedForForever() throws Exception {
        jdbc.update(
                "insert into idempotent_request (caller, idempotency_key, operation, request_hash, started_at)"
                        + " values ('tester', ?, 'createToken', ?, now() - interval '31 minutes')",
                key,
                new byte[32]);
        assertThat(idempotency.answer(request(key), this::work).status()).isEqualTo(200);
    }

    @Test
    void afterADayTheKeyIsForgotten() throws Exception {
        idempotency.answer(request(key), this::work);
        jdbc.update(
                "update idempotent_request set started_at = now() - interval '25 hours' where idempotency_key = ?",
                key);
        idempotency.answer(request(key), this::work);
        assertThat(done).hasValue(2);
    }

    @Test
    void whatIsKeptIsSealed() {
        Api.Answer issued = Api.asAdmin(port).post(TOKENS, JSON, token("sealed-" + key), "Idempotency-Key", key);
        byte[] kept = jdbc.queryForObject(
                "select sealed_body from idempotent_request where idempotency_key = ?", byte[].class, key);
        assertThat(new String(kept, StandardCharsets.ISO_8859_1))
                .doesNotContain(issued.json().get("secret").asText());
    }

    /** @return its path */
    private String nas(String name, String address) {
        Api.Answer made = Api.asAdmin(port)
                .post(
                        "/api/v1/nas-clients",
                        JSON,
                        "{\"name\": \"" + name + "\", \"address\": \"" + address + "\", \"secret\": \"s\"}");
        return made.http().headers().firstValue("Location").orElseThrow();
    }

    private RenderedResponse work() {
        return new RenderedResponse(
                200, null, Integer.toString(done.incrementAndGet()).getBytes(StandardCharsets.UTF_8));
    }

    private static ApiRequest request(String key) throws IOException {
        var match = (Contract.Match.Found) Contract.load().match("POST", TOKENS);
        return new ApiRequest(
                match.operation(),
                Map.of(),
                Map.of(),
                StoredBody.inMemory(new ByteArrayInputStream(new byte[] {1}), 10),
                new Caller(1, "tester", Role.ADMIN),
                key,
                null,
                null,
                null,
                null);
    }

    private static String token(String name) {
        return "{\"name\": \"" + name + "\", \"role\": \"viewer\"}";
    }
}
