package io.patchbay.api.operation;

import io.patchbay.api.ApiRequest;
import io.patchbay.api.ApiResponse;
import io.patchbay.ledger.AccessNodeChanges;
import io.patchbay.ledger.CatalogueRow;

/** Access nodes: within which a line's names are unique. */
final class AccessNodeOperations {
    private final AccessNodeChanges nodes;
    private final OwnChanges ownChanges;

    AccessNodeOperations(AccessNodeChanges nodes, OwnChanges ownChanges) {
        this.nodes = nodes;
        this.ownChanges = ownChanges;
    }

    ApiResponse list(ApiRequest request) {
        return Cursors.answer(
                nodes.list(
                        request.parameter("name").orElse(null),
                        request.parameter("nas").orElse(null),
                        Cursors.after(request),
                        request.limit()),
                CatalogueRow::shown);
    }

    ApiResponse get(ApiRequest request) {
        return ApiResponse.ok(nodes.get(request.pathId("id")).shown());
    }

    ApiResponse create(ApiRequest request) {
        CatalogueRow made = nodes.create(Said.of(request), request.actor());
        ownChanges.directory();
        return ApiResponse.created("/api/v1/access-nodes/" + made.id(), made.shown());
    }

    ApiResponse change(ApiRequest request) {
        long id = request.pathId("id");
        CatalogueRow changed = nodes.change(id, Said.of(request), request.actor());
        ownChanges.directory();
        ownChanges.services(() -> nodes.services(id));
        return ApiResponse.ok(changed.shown());
    }

    ApiResponse remove(ApiRequest request) {
        nodes.remove(request.pathId("id"), request.actor());
        ownChanges.directory();
        return ApiResponse.noContent();
    }
}
