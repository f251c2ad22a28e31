package io.patchbay.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.patchbay.api.security.Caller;
import io.patchbay.event.Actor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request that passed the gate and the contract's validation.
 *
 * @param query the first value of each parameter, decoded
 * @param idempotencyKey null when the caller named none; likewise {@code accept}, the media types that it takes
 * @param reason why the caller asks for it (Change-Reason), for the audit; null when not told
 * @param ifMatch the version that the caller means to change (If-Match, RFC 9110 section 13.1.1); null for any
 * @param ifNoneMatch the versions that the caller has (If-None-Match, section 13.1.2); null for none
 */
public record ApiRequest(
        Contract.Operation operation,
        Map<String, String> path,
        Map<String, String> query,
        StoredBody body,
        Caller caller,
        String idempotencyKey,
        String accept,
        String reason,
        String ifMatch,
        String ifNoneMatch) {
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    /** What a tenant's token is told of all that is not there or not its own: the two are not to be told apart. */
    static final String NOTHING = "There is nothing of yours under this path.";

    /** The request attribute under which the gate leaves this for the operation. */
    static final String ATTRIBUTE = ApiRequest.class.getName();

    /** Who does it, for the ledger. */
    public Actor actor() {
        return new Actor(caller.name(), reason);
    }

    /** Whose things alone the caller may see and change; null for every tenant's. */
    public Long tenantId() {
        return caller.tenantId();
    }

    /**
     * Before anything is shown or changed that belongs to somebody.
     *
     * @param owner the tenant whose it is; null for what is nobody's, which a tenant's token does not see
     * @throws ProblemException 404, as if it were not there
     */
    public void requireTenant(Long owner) {
        if (tenantId() != null && !tenantId().equals(owner)) {
            throw ProblemException.notFound(NOTHING);
        }
    }

    /** @throws ProblemException 400 when the path's variable is not a number */
    public long pathId(String name) {
        return number(name, path.get(name));
    }

    public Optional<String> parameter(String name) {
        return Optional.ofNullable(query.get(name)).filter(value -> !value.isEmpty());
    }

    /** @throws ProblemException 400 when it is not a number */
    public Long number(String name) {
        return parameter(name).map(value -> number(name, value)).orElse(null);
    }

    /** How many rows a page holds: 1 to 1000, 100 unless told. */
    public int limit() {
        return parameter("limit")
                .map(value -> Math.clamp(number("limit", value), 1, 1000))
                .orElse(100);
    }

    /** @throws ProblemException 400 naming what does not fit */
    public <T> T json(Class<T> type) {
        try {
            return JSON.readValue(body.open(), type);
        } catch (JsonProcessingException unfit) {
            throw ProblemException.badRequest("The body does not fit: " + unfit.getOriginalMessage());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** SHA-256 over all that makes two requests the same: operation, path, query and body, each with its length. */
    byte[] fingerprint() {
        MessageDigest digest = StoredBody.sha256();
        text(digest, operation.id());
        pairs(digest, path);
        pairs(digest, query);
        digest.update(body.sha256Hash());
        return digest.digest();
    }

    private static void pairs(MessageDigest digest, Map<String, String> pairs) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(pairs.size()).array());
        new TreeMap<>(pairs).forEach((name, value) -> {
            text(digest, name);
            text(digest, value);
        });
    }

    private static void text(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        digest.update(bytes);
    }

    private static long number(String name, String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException notANumber) {
            throw ProblemException.badRequest(name + " is '" + value + "'; it must be a whole number");
        }
    }
}
