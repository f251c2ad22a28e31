package io.patchbay.api.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.patchbay.api.ApiRequest;
import io.patchbay.api.ApiResponse;
import io.patchbay.api.ProblemException;
import io.patchbay.ledger.vlan.VlanDomain;
import io.patchbay.ledger.vlan.VlanDomains;
import io.patchbay.ledger.vlan.VlanExclusion;
import io.patchbay.ledger.vlan.VlanSpan;
import java.util.List;
import java.util.Map;

/** VLAN domains, and what is excluded in them. */
final class VlanDomainOperations {
    private final VlanDomains domains;

    VlanDomainOperations(VlanDomains domains) {
        this.domains = domains;
    }

    private record Named(String name) {}

    private record NewExclusion(int sFirst, Integer sLast, Integer cFirst, Integer cLast, String note) {
        VlanSpan span() {
            int first = cFirst == null ? 0 : cFirst;
            return new VlanSpan(
                    sFirst,
                    sLast == null ? sFirst : sLast,
                    first,
                    cLast != null ? cLast : cFirst != null ? cFirst : VlanSpan.LAST);
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record ShownExclusion(long id, long domainId, int sFirst, int sLast, int cFirst, int cLast, String note) {
        static ShownExclusion of(VlanExclusion exclusion) {
            VlanSpan span = exclusion.span();
            return new ShownExclusion(
                    exclusion.id(),
                    exclusion.domainId(),
                    span.sFirst(),
                    span.sLast(),
                    span.cFirst(),
                    span.cLast(),
                    exclusion.note());
        }
    }

    ApiResponse list(ApiRequest request) {
        return ApiResponse.ok(Map.of("items", domains.all()));
    }

    ApiResponse get(ApiRequest request) {
        long id = request.pathId("id");
        return domains.find(id)
                .map(ApiResponse::ok)
                .orElseThrow(() -> ProblemException.notFound("There is no VLAN domain " + id + "."));
    }

    ApiResponse create(ApiRequest request) {
        VlanDomain made = domains.create(request.json(Named.class).name(), request.actor());
        return ApiResponse.created("/api/v1/vlan-domains/" + made.id(), made);
    }

    ApiResponse update(ApiRequest request) {
        return ApiResponse.ok(
                domains.rename(request.pathId("id"), request.json(Named.class).name(), request.actor()));
    }

    ApiResponse delete(ApiRequest request) {
        domains.delete(request.pathId("id"), request.actor());
        return ApiResponse.noContent();
    }

    ApiResponse listExclusions(ApiRequest request) {
        List<ShownExclusion> all = domains.exclusions(request.pathId("id")).stream()
                .map(ShownExclusion::of)
                .toList();
        return ApiResponse.ok(Map.of("items", all));
    }

    ApiResponse exclude(ApiRequest request) {
        NewExclusion wanted = request.json(NewExclusion.class);
        VlanExclusion made = domains.exclude(request.pathId("id"), wanted.span(), wanted.note(), request.actor());
        return ApiResponse.created("/api/v1/vlan-exclusions/" + made.id(), ShownExclusion.of(made));
    }

    ApiResponse readmit(ApiRequest request) {
        domains.readmit(request.pathId("id"), request.actor());
        return ApiResponse.noContent();
    }
}
