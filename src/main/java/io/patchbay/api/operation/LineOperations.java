package io.patchbay.api.operation;

import io.patchbay.api.ApiRequest;
import io.patchbay.api.ApiResponse;
import io.patchbay.api.ProblemException;
import io.patchbay.ledger.LedgerFilter;
import io.patchbay.ledger.LedgerReader;
import io.patchbay.ledger.LineChanges;
import io.patchbay.line.IdentifierKind;
import io.patchbay.wire.Octets;
import java.util.Map;

/** Access lines. A tenant's token sees those on which its services live, and of the services on them its own. */
final class LineOperations {
    private final LedgerReader ledger;
    private final LineChanges lines;
    private final OwnChanges ownChanges;

    LineOperations(LedgerReader ledger, LineChanges lines, OwnChanges ownChanges) {
        this.ledger = ledger;
        this.lines = lines;
        this.ownChanges = ownChanges;
    }

    ApiResponse list(ApiRequest request) {
        return Cursors.answer(
                ledger.lines(Parameters.ledgerFilter(request), Cursors.after(request), request.limit()), Views::line);
    }

    ApiResponse get(ApiRequest request) {
        return ApiResponse.ok(shown(request, request.pathId("id")));
    }

    ApiResponse create(ApiRequest request) {
        Map<String, Object> said = Said.of(request);
        Map<IdentifierKind, Octets> identifiers = Said.identifiers(said);
        long id = lines.create(
                Said.text(said, "accessNode"), said, identifiers == null ? Map.of() : identifiers, request.actor());
        return ApiResponse.created("/api/v1/lines/" + id, shown(request, id));
    }

    ApiResponse change(ApiRequest request) {
        long id = request.pathId("id");
        Map<String, Object> said = Said.of(request);
        Map<IdentifierKind, Octets> identifiers = Said.identifiers(said);
        lines.change(id, said, identifiers, request.actor());
        ownChanges.services(() -> lines.services(id));
        return ApiResponse.ok(shown(request, id));
    }

    ApiResponse remove(ApiRequest request) {
        lines.remove(request.pathId("id"), request.actor());
        return ApiResponse.noContent();
    }

    private Views.Line shown(ApiRequest request, long id) {
        return ledger.line(LedgerFilter.ofTenant(request.tenantId()), id)
                .map(Views::line)
                .orElseThrow(() -> ProblemException.notFound("There is no line " + id + "."));
    }
}
