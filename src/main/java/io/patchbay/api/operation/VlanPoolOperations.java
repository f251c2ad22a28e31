package io.patchbay.api.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.patchbay.api.ApiRequest;
import io.patchbay.api.ApiResponse;
import io.patchbay.api.ProblemException;
import io.patchbay.ledger.Words;
import io.patchbay.ledger.vlan.VlanAuthority;
import io.patchbay.ledger.vlan.VlanDomains;
import io.patchbay.ledger.vlan.VlanModel;
import io.patchbay.ledger.vlan.VlanPool;
import io.patchbay.ledger.vlan.VlanPoolUse;
import io.patchbay.ledger.vlan.VlanPoolUses;
import io.patchbay.ledger.vlan.VlanPools;
import io.patchbay.ledger.vlan.VlanRange;
import io.patchbay.ledger.vlan.VlanSpan;
import java.util.List;
import java.util.Map;

/** VLAN pools: made, changed, their ranges, how full they are. */
final class VlanPoolOperations {
    private final VlanPools pools;
    private final VlanPoolUses uses;
    private final VlanNames names;
    private final TenantNames tenants;

    VlanPoolOperations(VlanPools pools, VlanPoolUses uses, VlanDomains domains, TenantNames tenants) {
        this.pools = pools;
        this.uses = uses;
        this.names = new VlanNames(domains, pools);
        this.tenants = tenants;
    }

    /** What a request says of a pool; what is null is not said. An empty tenant is every one. */
    private record Said(
            String name,
            String tenant,
            String domain,
            String model,
            Integer linesPerVlan,
            String authority,
            Long netboxGroupId) {}

    private record SaidRange(int sFirst, Integer sLast, Integer cFirst, Integer cLast) {
        VlanSpan span() {
            int c = cFirst == null ? 0 : cFirst;
            return new VlanSpan(sFirst, sLast == null ? sFirst : sLast, c, cLast == null ? c : cLast);
        }
    }

    private record ShownRange(long id, int sFirst, int sLast, int cFirst, int cLast) {
        static ShownRange of(VlanRange range) {
            VlanSpan span = range.span();
            return new ShownRange(range.id(), span.sFirst(), span.sLast(), span.cFirst(), span.cLast());
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Shown(
            long id,
            String name,
            String tenant,
            String domain,
            String model,
            Integer linesPerVlan,
            String authority,
            Long netboxGroupId,
            List<ShownRange> ranges) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record ShownUse(
            long poolId, String pool, long total, long bound, long free, long excluded, Long exhaustedInSeconds) {
        static ShownUse of(VlanPoolUse use) {
            return new ShownUse(
                    use.poolId(),
                    use.pool(),
                    use.total(),
                    use.bound(),
                    use.free(),
                    use.excluded(),
                    use.untilExhausted() == null ? null : use.untilExhausted().toSeconds());
        }
    }

    ApiResponse list(ApiRequest request) {
        return ApiResponse.ok(
                Map.of("items", pools.all().stream().map(this::shown).toList()));
    }

    ApiResponse get(ApiRequest request) {
        long id = request.pathId("id");
        return pools.find(id).map(this::shown).map(ApiResponse::ok).orElseThrow(() -> missing(id));
    }

    ApiResponse create(ApiRequest request) {
        Said said = request.json(Said.class);
        VlanPool wanted = new VlanPool(
                0,
                said.name(),
                said.tenant() == null || said.tenant().isEmpty() ? null : tenants.id(said.tenant()),
                names.domain(said.domain()),
                Words.parse(VlanModel.class, said.model()),
                said.linesPerVlan(),
                said.authority() == null ? VlanAuthority.LOCAL : Words.parse(VlanAuthority.class, said.authority()),
                said.netboxGroupId());
        VlanPool made = pools.create(wanted, request.actor());
        return ApiResponse.created("/api/v1/vlan-pools/" + made.id(), shown(made));
    }

    ApiResponse update(ApiRequest request) {
        Said said = request.json(Said.class);
        VlanPool after = pools.change(
                request.pathId("id"),
                before -> new VlanPool(
                        before.id(),
                        or(said.name(), before.name()),
                        said.tenant() == null
                                ? before.tenantId()
                                : said.tenant().isEmpty() ? null : tenants.id(said.tenant()),
                        before.domainId(),
                        before.model(),
                        or(said.linesPerVlan(), before.linesPerVlan()),
                        or(Words.parse(VlanAuthority.class, said.authority()), before.authority()),
                        or(said.netboxGroupId(), before.netboxGroupId())),
                request.actor());
        return ApiResponse.ok(shown(after));
    }

    ApiResponse delete(ApiRequest request) {
        pools.delete(request.pathId("id"), request.actor());
        return ApiResponse.noContent();
    }

    ApiResponse use(ApiRequest request) {
        long id = request.pathId("id");
        return uses.find(id).map(ShownUse::of).map(ApiResponse::ok).orElseThrow(() -> missing(id));
    }

    ApiResponse addRange(ApiRequest request) {
        VlanRange made = pools.addRange(
                request.pathId("id"), request.json(SaidRange.class).span(), request.actor());
        return ApiResponse.created("/api/v1/vlan-ranges/" + made.id(), ShownRange.of(made));
    }

    ApiResponse changeRange(ApiRequest request) {
        return ApiResponse.ok(ShownRange.of(pools.changeRange(
                request.pathId("id"), request.json(SaidRange.class).span(), request.actor())));
    }

    ApiResponse removeRange(ApiRequest request) {
        pools.removeRange(request.pathId("id"), request.actor());
        return ApiResponse.noContent();
    }

    private Shown shown(VlanPool pool) {
        return new Shown(
                pool.id(),
                pool.name(),
                tenants.name(pool.tenantId()),
                names.ofDomain(pool.domainId()),
                Words.of(pool.model()),
                pool.linesPerVlan(),
                Words.of(pool.authority()),
                pool.netboxGroupId(),
                pools.ranges(pool.id()).stream().map(ShownRange::of).toList());
    }

    private static ProblemException missing(long id) {
        return ProblemException.notFound("There is no VLAN pool " + id + ".");
    }

    private static <T> T or(T said, T before) {
        return said == null ? before : said;
    }
}
