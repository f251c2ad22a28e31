package io.patchbay.api;

import io.patchbay.vault.Vault;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Answers a repeated POST as the first one was answered (Idempotency-Key, draft-ietf-httpapi-idempotency-key-header). The
 * key belongs to its caller, and to one operation, path, query and body. Only success is kept: what failed changed nothing,
 * since an operation ends with its one transaction, and may be tried again. Answers are sealed, since a new token's is a
 * secret.
 */
public final class Idempotency {
    private static final Logger LOG = LoggerFactory.getLogger(Idempotency.class);

    private static final String BEGIN = """
            insert into idempotent_request as known (caller, idempotency_key, operation, request_hash)
            values (?, ?, ?, ?)
            on conflict (caller, idempotency_key) do update set
                operation = excluded.operation, request_hash = excluded.request_hash, started_at = now(),
                status = null, location = null, sealed_body = null
            where known.started_at < now() - make_interval(secs => case when known.status is null then ? else ? end)
            returning started_at""";

    private record Known(byte[] requestHash, Integer status, String location, byte[] sealedBody) {}

    private final JdbcTemplate jdbc;
    private final Vault vault;
    private final Duration keep;
    private final Duration longestOperation;

    /**
     * @param keep how long an answer is kept
     * @param longestOperation an answer that is still missing after this time is not coming: its hub was killed
     */
    public Idempotency(JdbcTemplate jdbc, Vault vault, Duration keep, Duration longestOperation) {
        if (!longestOperation.isPositive()) {
            throw new IllegalArgumentException("spring.mvc.async.request-timeout must be more than 0: it tells how long"
                    + " an operation may take before a repeat of it may begin anew");
        }
        this.jdbc = jdbc;
        this.vault = vault;
        this.keep = keep;
        this.longestOperation = longestOperation;
    }

    /**
     * Runs {@code work}, unless the request names a key that was answered already.
     *
     * @throws ProblemException 409 while the first request is still worked on, 422 when the key was used for another one
     */
    RenderedResponse answer(ApiRequest request, Callable<RenderedResponse> work) throws Exception {
        if (request.idempotencyKey() == null || !request.operation().method().equals("POST")) {
            return work.call();
        }
        forgetExpired();
        List<Timestamp> started = begin(request);
        if (started.isEmpty()) {
            return replay(request);
        }
        RenderedResponse response;
        try {
            response = work.call();
        } catch (Exception failed) {
            release(request, started.getFirst(), failed);
            throw failed;
        }
        complete(request, started.getFirst(), response);
        return response;
    }

    private List<Timestamp> begin(ApiRequest request) {
        return jdbc.queryForList(
                BEGIN,
                Timestamp.class,
                request.caller().name(),
                request.idempotencyKey(),
                request.operation().id(),
                request.fingerprint(),
                longestOperation.toSeconds(),
                keep.toSeconds());
    }

    private RenderedResponse replay(ApiRequest request) {
        Known known = jdbc
                .query(
                        "select request_hash, status, location, sealed_body from idempotent_request"
                                + " where caller = ? and idempotency_key = ?",
                        (row, number) -> known(row),
                        request.caller().name(),
                        request.idempotencyKey())
                .stream()
                .findFirst()
                .orElseThrow(() -> ProblemException.conflict(
                        "The first request with this Idempotency-Key just failed; try again."));
        if (!Arrays.equals(known.requestHash(), request.fingerprint())) {
            throw new ProblemException(
                    Problem.of(422, "This Idempotency-Key was used for another request; use a new one."));
        }
        if (known.status() == null) {
            throw ProblemException.conflict("The first request with this Idempotency-Key is still worked on.");
        }
        return new RenderedResponse(known.status(), known.location(), vault.open(known.sealedBody(), context(request)));
    }

    /** The work is done, and its answer is owed to the caller whether or not it can be kept. */
    private void complete(ApiRequest request, Timestamp started, RenderedResponse response) {
        try {
            jdbc.update(
                    "update idempotent_request set status = ?, location = ?, sealed_body = ?"
                            + " where caller = ? and idempotency_key = ? and started_at = ?",
                    response.status(),
                    response.location(),
                    vault.seal(response.body(), context(request)),
                    request.caller().name(),
                    request.idempotencyKey(),
                    started);
        } catch (RuntimeException failed) {
            LOG.warn(
                    "{} of {} is done, but its answer could not be kept: a repeat is told that it is still worked on, for {}",
                    request.operation().id(),
                    request.caller().name(),
                    longestOperation,
                    failed);
        }
    }

    private void release(ApiRequest request, Timestamp started, Exception failure) {
        try {
            jdbc.update(
                    "delete from idempotent_request where caller = ? and idempotency_key = ? and started_at = ?",
                    request.caller().name(),
                    request.idempotencyKey(),
                    started);
        } catch (RuntimeException failed) {
            failure.addSuppressed(failed);
        }
    }

    private void forgetExpired() {
        jdbc.update(
                "delete from idempotent_request where started_at < now() - make_interval(secs => ?)", keep.toSeconds());
    }

    private static String context(ApiRequest request) {
        return "idempotent-request/" + request.caller().name() + "/" + request.idempotencyKey();
    }

    private static Known known(ResultSet row) throws SQLException {
        return new Known(
                row.getBytes("request_hash"),
                row.getObject("status", Integer.class),
                row.getString("location"),
                row.getBytes("sealed_body"));
    }
}
