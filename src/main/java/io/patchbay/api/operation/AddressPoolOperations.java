package io.patchbay.api.operation;

import io.patchbay.api.ApiRequest;
import io.patchbay.api.ApiResponse;
import io.patchbay.api.ProblemException;
import io.patchbay.ledger.Words;
import io.patchbay.ledger.address.AddressHold;
import io.patchbay.ledger.address.AddressKind;
import io.patchbay.ledger.address.AddressPool;
import io.patchbay.ledger.address.AddressPools;
import io.patchbay.ledger.address.AddressRange;
import io.patchbay.ledger.address.Gateway;
import io.patchbay.ledger.address.PoolAuthority;
import io.patchbay.ledger.address.PoolParts;
import io.patchbay.ledger.address.PoolUsages;
import io.patchbay.wire.IpPrefix;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Pools of addresses: what they consist of, what of them is never assigned, how full they are. */
final class AddressPoolOperations {
    private static final String DEFAULT_VRF = "default";

    private final AddressPools pools;
    private final PoolParts parts;
    private final PoolUsages usages;
    private final TenantNames tenants;

    AddressPoolOperations(AddressPools pools, PoolParts parts, PoolUsages usages, TenantNames tenants) {
        this.pools = pools;
        this.parts = parts;
        this.usages = usages;
        this.tenants = tenants;
    }

    private record NewPool(
            String name,
            String tenant,
            String vrf,
            String kind,
            Integer assignedLength,
            Integer netmaskLength,
            Long coolDownSeconds,
            String authority) {}

    private record Change(String name, Integer netmaskLength, Long coolDownSeconds, String authority) {}

    private record NewBlock(String prefix, Long netBoxId, String gateway) {}

    private record NewReserved(String range, String note) {}

    ApiResponse list(ApiRequest request) {
        return ApiResponse.ok(
                Map.of("items", pools.all().stream().map(this::view).toList()));
    }

    ApiResponse get(ApiRequest request) {
        return ApiResponse.ok(view(pools.get(request.pathId("id"))));
    }

    ApiResponse create(ApiRequest request) {
        NewPool said = request.json(NewPool.class);
        AddressKind kind = Words.parse(AddressKind.class, said.kind());
        AddressPool made = pools.create(
                new AddressPool(
                        0,
                        said.name(),
                        tenants.id(said.tenant()),
                        pools.vrf(said.vrf() == null ? DEFAULT_VRF : said.vrf()),
                        kind,
                        said.assignedLength() == null ? usualLength(kind) : said.assignedLength(),
                        said.netmaskLength(),
                        Duration.ofSeconds(said.coolDownSeconds() == null ? 0 : said.coolDownSeconds()),
                        said.authority() == null
                                ? PoolAuthority.LOCAL
                                : Words.parse(PoolAuthority.class, said.authority())),
                request.actor());
        return ApiResponse.created("/api/v1/address-pools/" + made.id(), view(made));
    }

    ApiResponse change(ApiRequest request) {
        Change said = request.json(Change.class);
        AddressPool after = pools.change(
                request.pathId("id"),
                before -> new AddressPool(
                        before.id(),
                        said.name() == null ? before.name() : said.name(),
                        before.tenantId(),
                        before.vrfId(),
                        before.kind(),
                        before.assignedLength(),
                        said.netmaskLength() == null
                                ? before.netmaskLength()
                                : said.netmaskLength() == 0 ? null : said.netmaskLength(),
                        said.coolDownSeconds() == null ? before.coolDown() : Duration.ofSeconds(said.coolDownSeconds()),
                        said.authority() == null
                                ? before.authority()
                                : Words.parse(PoolAuthority.class, said.authority())),
                request.actor());
        return ApiResponse.ok(view(after));
    }

    ApiResponse delete(ApiRequest request) {
        pools.delete(request.pathId("id"), request.actor());
        return ApiResponse.noContent();
    }

    ApiResponse listBlocks(ApiRequest request) {
        return ApiResponse.ok(Map.of(
                "items",
                parts.blocks(request.pathId("id")).stream()
                        .map(AddressViews::block)
                        .toList()));
    }

    ApiResponse addBlock(ApiRequest request) {
        NewBlock said = request.json(NewBlock.class);
        Gateway gateway = said.gateway() == null ? Gateway.FIRST : Words.parse(Gateway.class, said.gateway());
        long pool = request.pathId("id");
        return ApiResponse.created(
                "/api/v1/address-pools/" + pool + "/blocks",
                AddressViews.block(parts.addBlock(
                        pool, Parameters.prefix("prefix", said.prefix()), said.netBoxId(), gateway, request.actor())));
    }

    ApiResponse removeBlock(ApiRequest request) {
        IpPrefix prefix = Parameters.prefix(request, "prefix");
        if (prefix == null) {
            throw ProblemException.badRequest("prefix: say which block");
        }
        parts.removeBlock(request.pathId("id"), prefix, request.actor());
        return ApiResponse.noContent();
    }

    ApiResponse listReserved(ApiRequest request) {
        AddressPool pool = pools.get(request.pathId("id"));
        List<AddressHold> found =
                parts.reserved(pool.id(), Cursors.position(request, 0L, Long::parseLong), request.limit());
        return ApiResponse.ok(Cursors.page(
                found.stream().map(hold -> AddressViews.hold(hold, pool.name())).toList(),
                found.size() < request.limit() ? null : found.getLast().id()));
    }

    ApiResponse reserve(ApiRequest request) {
        NewReserved said = request.json(NewReserved.class);
        AddressPool pool = pools.get(request.pathId("id"));
        List<AddressHold> made = parts.reserve(pool.id(), range(said.range()), said.note(), request.actor());
        return ApiResponse.ok(Cursors.page(
                made.stream().map(hold -> AddressViews.hold(hold, pool.name())).toList(), null));
    }

    ApiResponse unreserve(ApiRequest request) {
        parts.unreserve(request.pathId("id"), range(request.parameter("range").orElse("")), request.actor());
        return ApiResponse.noContent();
    }

    ApiResponse usage(ApiRequest request) {
        return ApiResponse.ok(usages.of(request.pathId("id")));
    }

    private AddressViews.Pool view(AddressPool pool) {
        return AddressViews.pool(pool, tenants.name(pool.tenantId()), pools.vrfName(pool.vrfId()));
    }

    private static int usualLength(AddressKind kind) {
        return switch (kind) {
            case IPV4_ADDRESS, IPV4_ROUTE -> 32;
            case IPV6_WAN_PREFIX -> 64;
            case IPV6_WAN_ADDRESS -> 128;
            case IPV6_DELEGATED_PREFIX, IPV6_ROUTE -> 56;
        };
    }

    private static AddressRange range(String text) {
        try {
            return AddressRange.parse(text);
        } catch (IllegalArgumentException unfit) {
            throw ProblemException.badRequest("range: " + unfit.getMessage());
        }
    }
}
