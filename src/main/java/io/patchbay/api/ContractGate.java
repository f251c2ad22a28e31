package io.patchbay.api;

import io.patchbay.api.Contract.Match;
import io.patchbay.api.security.Caller;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Stands before every operation: is there such an operation (404, 405), may the caller use it (403), is the body of its
 * type (415) and not too large (413). What passes has its body read to the end.
 */
public final class ContractGate extends OncePerRequestFilter {
    /** A longer key than this is nobody's UUID. */
    private static final int LONGEST_IDEMPOTENCY_KEY = 255;

    private final Contract contract;
    private final ApiSettings settings;
    private final Semaphore imports;

    /** As many uploads as may fill the disk at once are there already. */
    private static final class TooManyImports extends IOException {}

    public ContractGate(Contract contract, ApiSettings settings) {
        this.contract = contract;
        this.settings = settings;
        this.imports = new Semaphore(settings.imports());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        switch (contract.match(request.getMethod(), request.getRequestURI())) {
            case Match.NoSuchPath nothing ->
                Problem.of(404, "There is no " + request.getRequestURI() + "; the contract is at /api/v1/openapi.json.")
                        .writeTo(response);
            case Match.WrongMethod wrong -> {
                response.setHeader("Allow", String.join(", ", wrong.allowed()));
                Problem.of(405, request.getRequestURI() + " takes " + String.join(" or ", wrong.allowed()) + ".")
                        .writeTo(response);
            }
            case Match.Found found -> pass(found, request, response, chain);
        }
    }

    private void pass(Match.Found found, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Contract.Operation operation = found.operation();
        Caller caller = Caller.current();
        Optional<Problem> refusal = refusal(operation, caller);
        if (refusal.isPresent()) {
            refusal.get().writeTo(response);
            return;
        }
        if (!isExpectedType(operation, request.getContentType())) {
            Problem.of(415, operation.id() + " takes " + operation.consumes() + ".")
                    .writeTo(response);
            return;
        }
        String key = request.getHeader("Idempotency-Key");
        if (key != null && (key.isBlank() || key.length() > LONGEST_IDEMPOTENCY_KEY)) {
            Problem.of(400, "Idempotency-Key must have 1 to " + LONGEST_IDEMPOTENCY_KEY + " characters.")
                    .writeTo(response);
            return;
        }
        String reason = RequestHeaders.text(request.getHeader("Change-Reason"));
        if (reason != null && !RequestHeaders.isReason(reason)) {
            Problem.of(
                            400,
                            "Change-Reason must have 1 to " + RequestHeaders.LONGEST_REASON
                                    + " characters, none of them a control character.")
                    .writeTo(response);
            return;
        }
        String ifMatch = request.getHeader("If-Match");
        if (ifMatch != null && !operation.method().equals("GET") && !operation.isConditional()) {
            Problem.of(400, operation.id() + " takes no If-Match; what it does depends on no version.")
                    .writeTo(response);
            return;
        }
        StoredBody body;
        try {
            body = read(operation, request);
        } catch (StoredBody.TooLarge tooLarge) {
            // The rest of the body is not worth reading.
            response.setHeader("Connection", "close");
            Problem.of(413, tooLarge.getMessage()).writeTo(response);
            return;
        } catch (TooManyImports busy) {
            response.setHeader("Connection", "close");
            Problem.of(503, settings.imports() + " imports are worked on already; try again when one has ended.")
                    .writeTo(response);
            return;
        }
        request.setAttribute(
                ApiRequest.ATTRIBUTE,
                new ApiRequest(
                        operation,
                        found.pathVariables(),
                        query(request),
                        body,
                        caller,
                        key,
                        request.getHeader("Accept"),
                        reason,
                        ifMatch,
                        request.getHeader("If-None-Match")));
        BufferedRequest buffered = new BufferedRequest(request, body);
        try {
            chain.doFilter(buffered, response);
        } finally {
            buffered.closeBodyAfterwards();
        }
    }

    /** 403 when the caller may not use the operation. */
    static Optional<Problem> refusal(Contract.Operation operation, Caller caller) {
        if (!caller.role().covers(operation.role())) {
            return Optional.of(Problem.of(
                    403,
                    operation.id() + " needs the role " + operation.role().word() + "; this token has "
                            + caller.role().word() + "."));
        }
        if (!operation.scope().admits(caller)) {
            return Optional.of(Problem.of(
                    403,
                    operation.id() + " is not for a " + (caller.subscriberId() == null ? "tenant" : "subscriber")
                            + "'s token: it does not keep apart what is whose."));
        }
        return Optional.empty();
    }

    private StoredBody read(Contract.Operation operation, HttpServletRequest request) throws IOException {
        long limit = isImport(operation)
                ? settings.importLimit().toBytes()
                : settings.bodyLimit().toBytes();
        if (request.getContentLengthLong() > limit) {
            throw new StoredBody.TooLarge(limit);
        }
        return isImport(operation)
                ? upload(request, limit)
                : StoredBody.inMemory(request.getInputStream(), (int) limit);
    }

    private StoredBody upload(HttpServletRequest request, long limit) throws IOException {
        if (!imports.tryAcquire()) {
            throw new TooManyImports();
        }
        boolean stored = false;
        try {
            StoredBody body = StoredBody.inFile(request.getInputStream(), limit, imports::release);
            stored = true;
            return body;
        } finally {
            if (!stored) {
                imports.release();
            }
        }
    }

    private static boolean isImport(Contract.Operation operation) {
        return "text/csv".equals(operation.consumes());
    }

    private static boolean isExpectedType(Contract.Operation operation, String contentType) {
        if (operation.consumes() == null) {
            return true;
        }
        try {
            return contentType != null
                    && MediaType.parseMediaType(operation.consumes())
                            .equalsTypeAndSubtype(MediaType.parseMediaType(contentType));
        } catch (InvalidMediaTypeException unreadable) {
            return false;
        }
    }

    private static Map<String, String> query(HttpServletRequest request) {
        Map<String, String> query = new LinkedHashMap<>();
        request.getParameterMap().forEach((name, values) -> query.put(name, values[0]));
        return query;
    }
}
