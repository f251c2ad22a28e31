package io.patchbay.api;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;

/**
 * What went wrong with a request, as RFC 9457 problem details: the only form in which the API tells an error.
 *
 * @param type {@code about:blank}, with the title of the status (RFC 9457 section 4.2.1), or a URN by which programs tell this
 *     problem from others of its status
 * @param detail a sentence that names the place and the mend
 * @param errors each thing that is wrong with the request; empty when {@code detail} says it all
 * @param more members of this type's own (RFC 9457 section 3.2), plain values and records of them
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        List<String> errors,
        @JsonIgnore Map<String, ?> more) {
    public static final String MEDIA_TYPE = "application/problem+json";

    /** What a 503 tells its caller to wait (RFC 9110 section 15.6.4). */
    static final String RETRY_AFTER_SECONDS = "5";

    private static final JsonMapper JSON = new JsonMapper();

    public static Problem of(int status, String detail) {
        return of(status, detail, List.of());
    }

    public static Problem of(int status, String detail, List<String> errors) {
        HttpStatus known = HttpStatus.resolve(status);
        return new Problem("about:blank", known == null ? "Error" : known.getReasonPhrase(), status, detail, errors, Map.of());
    }

    /** The same with a type of its own. */
    public Problem ofType(String urn) {
        return new Problem(urn, title, status, detail, errors, more);
    }

    /** The same with a member more. */
    public Problem with(String member, Object value) {
        return new Problem(type, title, status, detail, errors, Map.of(member, value));
    }

    @JsonAnyGetter
    Map<String, ?> members() {
        return more;
    }

    /** Whether the same request may succeed in a moment. */
    boolean isTemporary() {
        return status == HttpStatus.SERVICE_UNAVAILABLE.value();
    }

    public byte[] json() {
        try {
            return JSON.writeValueAsBytes(this);
        } catch (JsonProcessingException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Answers with this problem, unless an answer is already under way. */
    public void writeTo(HttpServletResponse response) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        response.resetBuffer();
        response.setStatus(status);
        response.setContentType(MEDIA_TYPE);
        if (isTemporary()) {
            response.setHeader("Retry-After", RETRY_AFTER_SECONDS);
        }
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.getOutputStream().write(json());
        response.flushBuffer();
    }
}
