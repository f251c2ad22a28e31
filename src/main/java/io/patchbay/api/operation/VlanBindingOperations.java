package io.patchbay.api.operation;

import io.patchbay.api.ApiRequest;
import io.patchbay.api.ApiResponse;
import io.patchbay.api.ProblemException;
import io.patchbay.ledger.Page;
import io.patchbay.ledger.Words;
import io.patchbay.ledger.vlan.FormerVlanHolder;
import io.patchbay.ledger.vlan.VlanBindings;
import io.patchbay.ledger.vlan.VlanDomains;
import io.patchbay.ledger.vlan.VlanFilter;
import io.patchbay.ledger.vlan.VlanHolder;
import io.patchbay.ledger.vlan.VlanModel;
import io.patchbay.ledger.vlan.VlanPools;
import io.patchbay.ledger.vlan.VlanReader;
import io.patchbay.ledger.vlan.VlanWish;

/** The VLANs of services: bound, released, moved, looked up, exported. */
final class VlanBindingOperations {
    private final VlanBindings bindings;
    private final VlanReader reader;
    private final VlanNames names;
    private final Exports exports;
    private final OwnChanges ownChanges;

    VlanBindingOperations(
            VlanBindings bindings,
            VlanReader reader,
            VlanDomains domains,
            VlanPools pools,
            Exports exports,
            OwnChanges ownChanges) {
        this.bindings = bindings;
        this.reader = reader;
        this.names = new VlanNames(domains, pools);
        this.exports = exports;
        this.ownChanges = ownChanges;
    }

    /** What a request wants; nothing at all is the next of the plan's pool. */
    private record Wanted(String pool, Boolean overridden, String domain, String model, Integer sVlan, Integer cVlan) {}

    ApiResponse get(ApiRequest request) {
        return ApiResponse.ok(holder(request.pathId("id")));
    }

    ApiResponse bind(ApiRequest request) {
        long serviceId = request.pathId("id");
        bindings.bind(serviceId, wish(request.json(Wanted.class)), request.actor());
        ownChanges.service(serviceId);
        return ApiResponse.ok(holder(serviceId));
    }

    ApiResponse release(ApiRequest request) {
        long serviceId = request.pathId("id");
        bindings.release(serviceId, request.actor());
        ownChanges.service(serviceId);
        return ApiResponse.noContent();
    }

    ApiResponse move(ApiRequest request) {
        long serviceId = request.pathId("id");
        Wanted wanted = request.json(Wanted.class);
        bindings.move(serviceId, names.pool(wanted.pool()), Boolean.TRUE.equals(wanted.overridden()), request.actor());
        ownChanges.service(serviceId);
        return ApiResponse.ok(holder(serviceId));
    }

    ApiResponse list(ApiRequest request) {
        Page<VlanHolder> page =
                reader.holders(filter(request), Cursors.position(request, 0L, Long::parseLong), request.limit());
        return ApiResponse.ok(Cursors.page(page.items(), page.next()));
    }

    ApiResponse export(ApiRequest request) {
        VlanFilter filter = filter(request);
        return exports.answer(request, "vlans", VlanHolder.class, rows -> reader.export(filter, rows::add));
    }

    ApiResponse listFormer(ApiRequest request) {
        Page<FormerVlanHolder> page = reader.former(
                filter(request),
                Parameters.instant(request, "at"),
                Cursors.position(request, Long.MAX_VALUE, Long::parseLong),
                request.limit());
        return ApiResponse.ok(Cursors.page(page.items(), page.next()));
    }

    private VlanWish wish(Wanted wanted) {
        boolean isChosen = wanted.sVlan() != null;
        if (isChosen && wanted.pool() != null) {
            throw ProblemException.badRequest("Give a pool, or an sVlan, not both.");
        }
        if (!isChosen && (wanted.cVlan() != null || wanted.domain() != null || wanted.model() != null)) {
            throw ProblemException.badRequest("cVlan, domain and model belong to an sVlan, which is not told.");
        }
        if (isChosen && Boolean.FALSE.equals(wanted.overridden())) {
            throw ProblemException.badRequest("VLANs that are chosen override what the plan says.");
        }
        if (wanted.pool() != null) {
            return new VlanWish.NextOf(names.pool(wanted.pool()), Boolean.TRUE.equals(wanted.overridden()));
        }
        return isChosen
                ? new VlanWish.Chosen(names.domain(wanted.domain()), model(wanted), wanted.sVlan(), wanted.cVlan())
                : VlanWish.ofPlan();
    }

    /** As the import has it: an S-VLAN alone is shared. */
    private static VlanModel model(Wanted wanted) {
        if (wanted.model() != null) {
            return Words.parse(VlanModel.class, wanted.model());
        }
        return wanted.cVlan() == null ? VlanModel.SHARED : VlanModel.DEDICATED;
    }

    private VlanFilter filter(ApiRequest request) {
        return new VlanFilter(
                request.parameter("domain").map(names::domain).orElse(null),
                tag(request, "sVlan"),
                tag(request, "cVlan"),
                request.parameter("pool").map(names::pool).orElse(null),
                request.number("serviceId"));
    }

    private static Integer tag(ApiRequest request, String name) {
        Long value = request.number(name);
        return value == null ? null : Math.toIntExact(value);
    }

    private VlanHolder holder(long serviceId) {
        VlanFilter filter = new VlanFilter(null, null, null, null, serviceId);
        return reader.holders(filter, 0, 1).items().stream()
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound("There are no VLANs of a service " + serviceId + "."));
    }
}
