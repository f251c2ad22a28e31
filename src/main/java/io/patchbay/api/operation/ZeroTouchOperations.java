package io.patchbay.api.operation;

import io.patchbay.api.ApiRequest;
import io.patchbay.api.ApiResponse;
import io.patchbay.ledger.Owners;
import io.patchbay.ledger.workflow.OrderHints;
import io.patchbay.ledger.workflow.Orders;
import io.patchbay.ledger.workflow.UnknownLine;
import io.patchbay.ledger.workflow.UnknownLines;
import io.patchbay.ledger.workflow.WaitingOrder;
import io.patchbay.ledger.workflow.ZeroTouch;
import io.patchbay.sighting.SightingFilter;
import java.util.List;
import java.util.Map;

/** Services that wait for their lines, lines that nobody knows, and what brings them together. */
final class ZeroTouchOperations {
    private final Orders orders;
    private final UnknownLines lines;
    private final ZeroTouch zeroTouch;
    private final Owners owners;
    private final WorkflowOperations workflows;

    ZeroTouchOperations(
            Orders orders, UnknownLines lines, ZeroTouch zeroTouch, Owners owners, WorkflowOperations workflows) {
        this.orders = orders;
        this.lines = lines;
        this.zeroTouch = zeroTouch;
        this.owners = owners;
        this.workflows = workflows;
    }

    private record Binding(Long serviceId, String accessNode, String fingerprint) {}

    private record Names(String circuitId, String remoteId, String mac, String onuSerial) {}

    ApiResponse listOrders(ApiRequest request) {
        List<WaitingOrder> found =
                orders.waiting(request.tenantId(), Cursors.position(request, 0L, Long::parseLong), request.limit());
        Long next = found.size() < request.limit()
                ? null
                : Long.valueOf(found.getLast().serviceId());
        return ApiResponse.ok(
                Cursors.page(found.stream().map(WorkflowViews.Order::of).toList(), next));
    }

    ApiResponse expect(ApiRequest request) {
        long service = ownService(request);
        return ApiResponse.ok(
                WorkflowViews.Order.of(orders.expect(service, request.json(OrderHints.class), request.actor())));
    }

    ApiResponse forget(ApiRequest request) {
        orders.forget(ownService(request), request.actor());
        return ApiResponse.noContent();
    }

    ApiResponse listLines(ApiRequest request) {
        SightingFilter.Position before = Cursors.position(request, null, SightingOperations::position);
        List<UnknownLine> found = lines.recent(
                before == null ? null : before.lastSeen(), before == null ? 0 : before.id(), request.limit());
        String next = found.size() < request.limit()
                ? null
                : SightingOperations.cursor(
                        found.getLast().lastSeen(), found.getLast().sightingId());
        return ApiResponse.ok(Cursors.page(
                found.stream()
                        .map(line -> WorkflowViews.Line.of(line, orders.matches(line, null)))
                        .toList(),
                next));
    }

    /** For names that somebody has told, such as the serial of an ONU that an OLT has discovered. */
    ApiResponse match(ApiRequest request) {
        Names names = request.json(Names.class);
        UnknownLine told = new UnknownLine(
                0,
                0,
                null,
                request.tenantId(),
                null,
                null,
                Parameters.octetsOf("circuitId", names.circuitId()),
                Parameters.octetsOf("remoteId", names.remoteId()),
                null,
                Parameters.macOf("mac", names.mac()),
                null,
                null,
                0);
        return ApiResponse.ok(Map.of(
                "items",
                orders.matches(told, names.onuSerial()).stream()
                        .map(WorkflowViews.Match::of)
                        .toList()));
    }

    ApiResponse previewBinding(ApiRequest request) {
        Binding binding = request.json(Binding.class);
        return ApiResponse.ok(WorkflowViews.Plan.of(
                zeroTouch.preview(request.pathId("id"), binding.serviceId(), binding.accessNode())));
    }

    ApiResponse bind(ApiRequest request) {
        Binding binding = request.json(Binding.class);
        return workflows.answer(zeroTouch.bind(
                request.pathId("id"),
                binding.serviceId(),
                binding.accessNode(),
                binding.fingerprint(),
                request.actor()));
    }

    private long ownService(ApiRequest request) {
        long service = request.pathId("id");
        request.requireTenant(owners.tenantOf("services", service));
        return service;
    }
}
