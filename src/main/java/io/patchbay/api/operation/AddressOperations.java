package io.patchbay.api.operation;

import io.patchbay.api.ApiRequest;
import io.patchbay.api.ApiResponse;
import io.patchbay.api.ProblemException;
import io.patchbay.ledger.LedgerConflict;
import io.patchbay.ledger.Page;
import io.patchbay.ledger.Words;
import io.patchbay.ledger.address.AddressAssignments;
import io.patchbay.ledger.address.AddressFilter;
import io.patchbay.ledger.address.AddressKind;
import io.patchbay.ledger.address.AddressPool;
import io.patchbay.ledger.address.AddressPools;
import io.patchbay.ledger.address.AddressSearch;
import io.patchbay.ledger.address.AddressWish;
import io.patchbay.ledger.address.AssignedAddress;
import io.patchbay.ledger.address.FoundAddress;
import io.patchbay.wire.IpPrefix;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/** What services are assigned: given, taken away, handed over, searched. */
final class AddressOperations {
    private static final int ROWS_A_PAGE = 1_000;

    private final AddressAssignments assignments;
    private final AddressPools pools;
    private final AddressSearch search;
    private final ServiceOwners owners;
    private final OwnChanges ownChanges;
    private final Exports exports;

    AddressOperations(
            AddressAssignments assignments,
            AddressPools pools,
            AddressSearch search,
            ServiceOwners owners,
            OwnChanges ownChanges,
            Exports exports) {
        this.assignments = assignments;
        this.pools = pools;
        this.search = search;
        this.owners = owners;
        this.ownChanges = ownChanges;
        this.exports = exports;
    }

    private record Wish(String kind, String pool, String prefix, Integer length, Integer netmaskLength) {}

    private record Move(Long to, String kind, String prefix) {}

    private record Swap(Long with, String kind) {}

    ApiResponse listOfService(ApiRequest request) {
        long service = request.pathId("id");
        owners.requireVisible(request, service);
        List<FoundAddress> found =
                search.find(AddressFilter.ofService(service), 0, ROWS_A_PAGE).items();
        return ApiResponse.ok(Cursors.page(found, null));
    }

    ApiResponse assign(ApiRequest request) {
        long service = request.pathId("id");
        owners.requireVisible(request, service);
        AddressWish wish = wish(request.json(Wish.class));
        requireOfPool(request, wish);
        AssignedAddress assigned = discreet(request, () -> assignments.assign(service, wish, request.actor()));
        ownChanges.service(service);
        return ApiResponse.ok(found(assigned));
    }

    ApiResponse release(ApiRequest request) {
        long service = request.pathId("id");
        owners.requireVisible(request, service);
        AddressKind kind =
                Words.parse(AddressKind.class, request.parameter("kind").orElse(null));
        IpPrefix prefix = Parameters.prefix(request, "prefix");
        if (kind == null && prefix == null) {
            throw ProblemException.badRequest("Say what: by its kind, or by its prefix.");
        }
        assignments.release(service, kind, prefix, request.actor());
        ownChanges.service(service);
        return ApiResponse.noContent();
    }

    ApiResponse move(ApiRequest request) {
        Move said = request.json(Move.class);
        long service = request.pathId("id");
        owners.requireVisible(request, service);
        owners.requireVisible(request, said.to());
        AssignedAddress moved = assignments.move(
                service,
                said.to(),
                Words.parse(AddressKind.class, said.kind()),
                said.prefix() == null ? null : Parameters.prefix("prefix", said.prefix()),
                request.actor());
        ownChanges.service(service);
        ownChanges.service(said.to());
        return ApiResponse.ok(found(moved));
    }

    ApiResponse swap(ApiRequest request) {
        Swap said = request.json(Swap.class);
        long service = request.pathId("id");
        owners.requireVisible(request, service);
        owners.requireVisible(request, said.with());
        List<AssignedAddress> swapped =
                assignments.swap(service, said.with(), Words.parse(AddressKind.class, said.kind()), request.actor());
        ownChanges.service(service);
        ownChanges.service(said.with());
        return ApiResponse.ok(Cursors.page(swapped.stream().map(this::found).toList(), null));
    }

    ApiResponse find(ApiRequest request) {
        Page<FoundAddress> page =
                search.find(filter(request), Cursors.position(request, 0L, Long::parseLong), request.limit());
        return ApiResponse.ok(Cursors.page(page.items(), page.next()));
    }

    /** Page by page: constant memory, and no transaction as long as the reader is slow. */
    ApiResponse export(ApiRequest request) {
        AddressFilter filter = filter(request);
        return exports.answer(request, "addresses", FoundAddress.class, rows -> readInto(rows, filter));
    }

    private void readInto(Exports.Rows<FoundAddress> rows, AddressFilter filter) throws IOException {
        Long after = 0L;
        while (after != null) {
            Page<FoundAddress> page = search.find(filter, after, ROWS_A_PAGE);
            for (FoundAddress row : page.items()) {
                rows.add(row);
            }
            after = page.next();
        }
    }

    ApiResponse history(ApiRequest request) {
        AddressSearch.Past past = search.past(
                Parameters.prefix(request, "address"),
                request.number("serviceId"),
                request.number("subscriberId"),
                Parameters.instant(request, "from"),
                Parameters.instant(request, "to"),
                Cursors.position(request, AddressSearch.Position.FIRST, AddressSearch.Position::parse),
                request.limit());
        return ApiResponse.ok(Cursors.page(past.items(), past.next()));
    }

    private FoundAddress found(AssignedAddress assigned) {
        return search.find(AddressFilter.ofService(assigned.serviceId()), assigned.id() - 1, 1).items().stream()
                .filter(found -> found.id() == assigned.id())
                .findFirst()
                .orElseThrow(() -> ProblemException.conflict("It was taken away again at the same moment."));
    }

    private AddressFilter filter(ApiRequest request) {
        return new AddressFilter(
                Parameters.prefix(request, "address"),
                request.number("subscriberId"),
                request.number("serviceId"),
                request.number("lineId"),
                vlan(request, "sVlan"),
                vlan(request, "cVlan"),
                request.parameter("pool").map(this::pool).orElse(null),
                Words.parse(AddressKind.class, request.parameter("kind").orElse(null)),
                request.tenantId());
    }

    private static Integer vlan(ApiRequest request, String name) {
        Long vlan = request.number(name);
        return vlan == null ? null : Math.toIntExact(Math.clamp(vlan, 0, Integer.MAX_VALUE));
    }

    private AddressWish wish(Wish said) {
        return new AddressWish(
                Words.parse(AddressKind.class, said.kind()),
                said.pool() == null ? null : pool(said.pool()),
                said.prefix() == null ? null : Parameters.prefix("prefix", said.prefix()),
                said.length(),
                said.netmaskLength());
    }

    private long pool(String name) {
        return pools.named(name)
                .map(AddressPool::id)
                .orElseThrow(() -> ProblemException.unprocessable("pool: there is none named '" + name + "'."));
    }

    /** Addresses outside all pools are the hub's to give. */
    private void requireOfPool(ApiRequest request, AddressWish wish) {
        if (request.tenantId() != null
                && wish.poolId() == null
                && wish.prefix() != null
                && pools.around(wish.prefix()).isEmpty()) {
            throw ProblemException.unprocessable("prefix: it lies in no pool.");
        }
    }

    /** A tenant is not told who of another tenant has what it wants. */
    private static <T> T discreet(ApiRequest request, Supplier<T> work) {
        try {
            return work.get();
        } catch (LedgerConflict named) {
            if (request.tenantId() == null) {
                throw named;
            }
            throw ProblemException.conflict("It is not free, or the service has one of that kind already.");
        }
    }
}
