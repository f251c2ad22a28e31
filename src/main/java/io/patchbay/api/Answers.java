package io.patchbay.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchbay.ledger.RowLocks;
import java.util.function.Function;

/** What a request that passed the gate is answered: once only for an Idempotency-Key, and by the version that it names. */
public final class Answers {
    private final Idempotency idempotency;
    private final ObjectMapper json;
    private final Versions versions;

    /**
     * @param table what stands behind an operation; asked when a request needs it
     * @throws IllegalStateException when the contract speaks of versions where there are none
     */
    public Answers(
            Contract contract,
            Function<Contract.Operation, ApiOperation> table,
            Idempotency idempotency,
            ObjectMapper json,
            RowLocks locks) {
        this.idempotency = idempotency;
        this.json = json;
        this.versions = new Versions(contract, table, locks);
    }

    /** @throws Exception told to the caller as {@link #problem} says */
    RenderedResponse to(ApiRequest request, ApiOperation work) throws Exception {
        return versions.tell(
                request,
                idempotency.answer(request, () -> versions.guard(request, work, one -> render(one.handle(request)))));
    }

    /** To whom everything but its own is hidden, nobody tells whether something is not there or another's. */
    static Problem problem(ApiRequest request, Throwable failure) {
        Problem problem = Problems.of(failure, request.operation().id());
        return problem.status() == 404 && request.tenantId() != null ? Problem.of(404, ApiRequest.NOTHING) : problem;
    }

    private RenderedResponse render(ApiResponse response) throws Exception {
        if (response.body() instanceof StreamedBody stream) {
            return new RenderedResponse(response.status(), response.location(), new byte[0], stream, null);
        }
        byte[] body =
                switch (response.body()) {
                    case null -> new byte[0];
                    case byte[] rendered -> rendered;
                    case Object value -> json.writeValueAsBytes(value);
                };
        return new RenderedResponse(response.status(), response.location(), body);
    }
}
