package io.patchbay.api.operation;

import io.patchbay.api.ApiRequest;
import io.patchbay.api.ApiResponse;
import io.patchbay.ledger.CatalogueRow;
import io.patchbay.ledger.TenantChanges;

/** Whose subscribers they are. A tenant's token sees its own tenant. */
final class TenantOperations {
    private final TenantChanges tenants;
    private final OwnChanges ownChanges;

    TenantOperations(TenantChanges tenants, OwnChanges ownChanges) {
        this.tenants = tenants;
        this.ownChanges = ownChanges;
    }

    ApiResponse list(ApiRequest request) {
        return Cursors.answer(
                tenants.list(request.tenantId(), Cursors.after(request), request.limit()), CatalogueRow::shown);
    }

    ApiResponse get(ApiRequest request) {
        long id = request.pathId("id");
        request.requireTenant(id);
        return ApiResponse.ok(tenants.get(id).shown());
    }

    ApiResponse create(ApiRequest request) {
        CatalogueRow made = tenants.create(Said.of(request), request.actor());
        ownChanges.directory();
        return ApiResponse.created("/api/v1/tenants/" + made.id(), made.shown());
    }

    ApiResponse change(ApiRequest request) {
        CatalogueRow changed = tenants.change(request.pathId("id"), Said.of(request), request.actor());
        ownChanges.directory();
        return ApiResponse.ok(changed.shown());
    }

    ApiResponse remove(ApiRequest request) {
        tenants.remove(request.pathId("id"), request.actor());
        ownChanges.directory();
        return ApiResponse.noContent();
    }
}
