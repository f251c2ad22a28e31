package io.patchbay.api;

import io.patchbay.api.Contract.Operation;
import io.patchbay.ledger.RowLocks;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Versions of what the API shows (RFC 9110 section 13): an ETag is a hash of the body that a GET answers with, so that it is
 * another one whenever anything that the caller was shown is. If-Match is compared in the transaction of the change, with the
 * row locked: of two that name one version, one is told 412.
 */
final class Versions {
    /** The path is /api/v1/collection/... */
    private static final int COLLECTION = 3;

    private static final int HASH_BYTES = 16;

    private final Map<String, Operation> reads;
    private final Function<Operation, ApiOperation> table;
    private final RowLocks locks;

    /**
     * @param table what stands behind an operation
     * @throws IllegalStateException naming the operation, when one takes If-Match whose path has no conditional GET, or whose
     *     collection has no row to lock
     */
    Versions(Contract contract, Function<Operation, ApiOperation> table, RowLocks locks) {
        this.reads = contract.operations().stream()
                .filter(operation -> operation.method().equals("GET") && operation.isConditional())
                .collect(Collectors.toMap(operation -> operation.path().getPatternString(), operation -> operation));
        this.table = table;
        this.locks = locks;
        contract.operations().stream()
                .filter(operation -> !operation.method().equals("GET") && operation.isConditional())
                .filter(operation -> !reads.containsKey(operation.path().getPatternString())
                        || !RowLocks.isKnown(collection(operation)))
                .findAny()
                .ifPresent(operation -> {
                    throw new IllegalStateException(
                            operation.id() + " takes If-Match, but its path has no GET that takes"
                                    + " If-None-Match, or ledger.RowLocks does not know the row");
                });
    }

    /** Renders an operation's answer, as {@link ApiOperations} does. */
    interface Rendering {
        RenderedResponse of(ApiOperation operation) throws Exception;
    }

    /** Does the work when the request names no version, or the one that there is. */
    RenderedResponse guard(ApiRequest request, ApiOperation work, Rendering rendering) throws Exception {
        Operation operation = request.operation();
        if (request.ifMatch() == null || operation.method().equals("GET") || !operation.isConditional()) {
            return rendering.of(work);
        }
        ApiOperation read = table.apply(reads.get(operation.path().getPatternString()));
        Callable<RenderedResponse> change = () -> {
            String current = etag(rendering.of(read).body());
            if (!names(request.ifMatch(), current, false)) {
                throw new ProblemException(Problem.of(
                        412,
                        "It is not as it was when you read it (its ETag is " + current
                                + " now): read it again, and then decide."));
            }
            return rendering.of(work);
        };
        return AfterCommit.of(() -> locks.holding(collection(operation), request.pathId("id"), change));
    }

    /** Adds the version where the answer shows something that has one; 304 without a body when the caller has it. */
    RenderedResponse tell(ApiRequest request, RenderedResponse response) {
        if (response.stream() != null || response.body().length == 0 || !showsVersion(request.operation(), response)) {
            return response;
        }
        String etag = etag(response.body());
        boolean isKnown = request.operation().method().equals("GET")
                && request.ifNoneMatch() != null
                && names(request.ifNoneMatch(), etag, true);
        return (isKnown ? new RenderedResponse(304, null, new byte[0]) : response).withEtag(etag);
    }

    /** What was made is shown as a GET of its Location would show it. */
    private boolean showsVersion(Operation operation, RenderedResponse response) {
        return operation.isConditional()
                || (response.status() == 201
                        && reads.containsKey(operation.path().getPatternString() + "/{id}"));
    }

    static String etag(byte[] body) {
        return '"' + HexFormat.of().formatHex(StoredBody.sha256().digest(body), 0, HASH_BYTES) + '"';
    }

    /** @param weak whether a weak validator counts too (RFC 9110 section 8.8.3.2) */
    static boolean names(String header, String etag, boolean weak) {
        return Stream.of(header.split(","))
                .map(String::strip)
                .map(named -> weak && named.startsWith("W/") ? named.substring(2) : named)
                .anyMatch(named -> named.equals("*") || named.equals(etag));
    }

    private static String collection(Operation operation) {
        return operation.path().getPatternString().split("/")[COLLECTION];
    }
}
