package io.patchbay.api.operation;

import io.patchbay.api.ApiRequest;
import io.patchbay.api.ApiResponse;
import io.patchbay.ledger.CatalogueRow;
import io.patchbay.ledger.Owners;
import io.patchbay.ledger.PlanChanges;
import java.util.Map;

/** What is sold. A change reaches the next reply at once, and live sessions by CoA. */
final class PlanOperations {
    private final PlanChanges plans;
    private final Owners owners;
    private final TenantNames tenants;
    private final OwnChanges ownChanges;

    PlanOperations(PlanChanges plans, Owners owners, TenantNames tenants, OwnChanges ownChanges) {
        this.plans = plans;
        this.owners = owners;
        this.tenants = tenants;
        this.ownChanges = ownChanges;
    }

    ApiResponse list(ApiRequest request) {
        return Cursors.answer(
                plans.list(
                        request.tenantId(),
                        request.parameter("name").orElse(null),
                        Cursors.after(request),
                        request.limit()),
                CatalogueRow::shown);
    }

    ApiResponse get(ApiRequest request) {
        return ApiResponse.ok(plans.get(own(request)).shown());
    }

    ApiResponse create(ApiRequest request) {
        Map<String, Object> said = Said.of(request);
        long tenant = tenants.ofNew(request, Said.text(said, "tenant"));
        CatalogueRow made = plans.create(tenant, said, request.actor());
        ownChanges.directory();
        return ApiResponse.created("/api/v1/plans/" + made.id(), made.shown());
    }

    ApiResponse change(ApiRequest request) {
        CatalogueRow changed = plans.change(own(request), Said.of(request), request.actor());
        ownChanges.directory();
        return ApiResponse.ok(changed.shown());
    }

    ApiResponse remove(ApiRequest request) {
        plans.remove(own(request), request.actor());
        ownChanges.directory();
        return ApiResponse.noContent();
    }

    private long own(ApiRequest request) {
        long id = request.pathId("id");
        if (request.tenantId() != null) {
            request.requireTenant(owners.tenantOf("plans", id));
        }
        return id;
    }
}
