package io.patchbay.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.api.security.Caller;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.web.util.UriUtils;

/** Many writes in one request, one after the other, each as if it had come alone. */
final class Bulk {
    /** Well within the time that an answer may take; what is not begun by then is left to the next request. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final Contract contract;
    private final ContractValidator validator;
    private final Function<Contract.Operation, ApiOperation> table;
    private final Answers answers;

    Bulk(
            Contract contract,
            ContractValidator validator,
            Function<Contract.Operation, ApiOperation> table,
            Answers answers) {
        this.contract = contract;
        this.validator = validator;
        this.table = table;
        this.answers = answers;
    }

    private record Operations(List<Item> operations) {}

    private record Item(String operationId, Map<String, Object> path, JsonNode body, String ifMatch, String reason) {}

    /** @param body JSON; null for none */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Result(
            int status,
            String location,
            String etag,
            @JsonRawValue String body) {
        static Result of(RenderedResponse response) {
            String body = response.body().length == 0 ? null : new String(response.body(), StandardCharsets.UTF_8);
            return new Result(response.status(), response.location(), response.etag(), body);
        }

        static Result of(Problem problem) {
            return new Result(problem.status(), null, null, new String(problem.json(), StandardCharsets.UTF_8));
        }
    }

    ApiResponse run(ApiRequest request) {
        List<Item> items = request.json(Operations.class).operations();
        List<Result> results = new ArrayList<>(items.size());
        long until = System.nanoTime() + LONGEST.toNanos();
        for (int place = 0; place < items.size(); place++) {
            results.add(
                    System.nanoTime() - until < 0
                            ? result(request, items.get(place), place)
                            : Result.of(Problem.of(
                                    503,
                                    "It was not begun within " + LONGEST.toMinutes()
                                            + " minutes; send what is left again.")));
        }
        return ApiResponse.ok(Map.of("results", results));
    }

    private Result result(ApiRequest bulk, Item item, int place) {
        Optional<Contract.Operation> found = contract.operations().stream()
                .filter(operation -> operation.id().equals(item.operationId()) && isWrite(operation))
                .findFirst();
        if (found.isEmpty()) {
            return Result.of(
                    Problem.of(400, "operationId: '" + item.operationId() + "' is no write that a bulk takes."));
        }
        Contract.Operation operation = found.get();
        Optional<Problem> refused = ContractGate.refusal(operation, bulk.caller());
        if (refused.isPresent()) {
            return Result.of(refused.get());
        }
        if (item.ifMatch() != null && !operation.isConditional()) {
            return Result.of(Problem.of(400, operation.id() + " takes no If-Match."));
        }
        Map<String, String> path = new LinkedHashMap<>();
        if (item.path() != null) {
            item.path().forEach((name, value) -> path.put(name, String.valueOf(value)));
        }
        String body =
                item.body() == null || item.body().isNull() ? null : item.body().toString();
        List<String> errors = validator.errors(operation.method(), uri(operation, path), operation.consumes(), body);
        if (!errors.isEmpty()) {
            return Result.of(Problem.of(400, "The request does not fit the contract.", errors));
        }
        ApiRequest request = single(bulk, operation, path, body, item, place);
        try {
            return Result.of(answers.to(request, table.apply(operation)));
        } catch (Exception failed) {
            return Result.of(Answers.problem(request, failed));
        }
    }

    private static boolean isWrite(Contract.Operation operation) {
        return !operation.method().equals("GET")
                && !operation.id().equals("runBulk")
                && (operation.consumes() == null || operation.consumes().equals("application/json"));
    }

    private static String uri(Contract.Operation operation, Map<String, String> path) {
        String uri = operation.path().getPatternString();
        for (Map.Entry<String, String> variable : path.entrySet()) {
            uri = uri.replace(
                    "{" + variable.getKey() + "}",
                    UriUtils.encodePathSegment(variable.getValue(), StandardCharsets.UTF_8));
        }
        return uri;
    }

    private static ApiRequest single(
            ApiRequest bulk,
            Contract.Operation operation,
            Map<String, String> path,
            String body,
            Item item,
            int place) {
        byte[] bytes = body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
        Caller caller = bulk.caller();
        try {
            return new ApiRequest(
                    operation,
                    path,
                    Map.of(),
                    StoredBody.inMemory(new ByteArrayInputStream(bytes), bytes.length),
                    caller,
                    bulk.idempotencyKey() == null ? null : key(bulk.idempotencyKey(), place),
                    bulk.accept(),
                    item.reason() == null ? bulk.reason() : item.reason(),
                    item.ifMatch(),
                    null);
        } catch (IOException ofMemory) {
            throw new UncheckedIOException(ofMemory);
        }
    }

    /** A hash, since the bulk's own may be as long as a key can be. */
    private static String key(String ofBulk, int place) {
        byte[] hash = StoredBody.sha256().digest((place + " " + ofBulk).getBytes(StandardCharsets.UTF_8));
        return "bulk/" + HexFormat.of().formatHex(hash);
    }
}
