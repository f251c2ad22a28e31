package io.patchbay.api.operation;

import io.patchbay.api.ApiRequest;
import io.patchbay.api.ApiResponse;
import io.patchbay.ledger.AuditReader;
import io.patchbay.ledger.Owners;
import java.util.List;

/** Who changed what, when and why. */
final class AuditOperations {
    private final AuditReader audit;
    private final Owners owners;

    AuditOperations(AuditReader audit, Owners owners) {
        this.audit = audit;
        this.owners = owners;
    }

    ApiResponse list(ApiRequest request) {
        return page(request, filter(request));
    }

    /** Of a service that is no more too, for those who see every tenant's. */
    ApiResponse ofService(ApiRequest request) {
        long id = request.pathId("id");
        if (request.tenantId() != null) {
            request.requireTenant(owners.tenantOf("services", id));
        }
        return page(request, AuditReader.Filter.ofService(id));
    }

    static AuditReader.Filter filter(ApiRequest request) {
        return new AuditReader.Filter(
                request.parameter("actor").orElse(null),
                request.parameter("type").orElse(null),
                request.number("serviceId"),
                request.number("subjectId"),
                Parameters.instant(request, "from"),
                Parameters.instant(request, "to"));
    }

    private ApiResponse page(ApiRequest request, AuditReader.Filter filter) {
        long before = Cursors.position(request, Long.MAX_VALUE, Long::parseLong);
        List<AuditReader.Entry> found = audit.find(filter, before, request.limit());
        Long next = found.size() < request.limit()
                ? null
                : Long.valueOf(found.getLast().id());
        return ApiResponse.ok(Cursors.page(found, next));
    }
}
