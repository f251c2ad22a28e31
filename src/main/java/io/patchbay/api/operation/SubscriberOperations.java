package io.patchbay.api.operation;

import io.patchbay.api.ApiRequest;
import io.patchbay.api.ApiResponse;
import io.patchbay.api.ProblemException;
import io.patchbay.ledger.Imported;
import io.patchbay.ledger.LedgerFilter;
import io.patchbay.ledger.LedgerReader;
import io.patchbay.ledger.LineView;
import io.patchbay.ledger.Page;
import io.patchbay.ledger.ServiceChanges;
import io.patchbay.ledger.ServiceState;
import io.patchbay.ledger.SubscriberImport;
import io.patchbay.ledger.SubscriberView;
import io.patchbay.ledger.Words;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;

/** Subscribers, their services and lines: read, imported, suspended and resumed. */
final class SubscriberOperations {
    private static final String DEFAULT_TENANT = "default";

    private final LedgerReader ledger;
    private final SubscriberImport imports;
    private final ServiceChanges services;
    private final OwnChanges ownChanges;

    SubscriberOperations(
            LedgerReader ledger, SubscriberImport imports, ServiceChanges services, OwnChanges ownChanges) {
        this.ledger = ledger;
        this.imports = imports;
        this.services = services;
        this.ownChanges = ownChanges;
    }

    private record NewState(String state) {}

    ApiResponse list(ApiRequest request) {
        Page<SubscriberView> page = ledger.subscribers(filter(request), after(request), request.limit());
        return ApiResponse.ok(
                Cursors.page(page.items().stream().map(Views::subscriber).toList(), page.next()));
    }

    ApiResponse get(ApiRequest request) {
        long id = request.pathId("id");
        return ledger.subscriber(id)
                .map(Views::subscriber)
                .map(ApiResponse::ok)
                .orElseThrow(() -> ProblemException.notFound("There is no subscriber " + id + "."));
    }

    ApiResponse listLines(ApiRequest request) {
        Page<LineView> page = ledger.lines(filter(request), after(request), request.limit());
        return ApiResponse.ok(
                Cursors.page(page.items().stream().map(Views::line).toList(), page.next()));
    }

    ApiResponse getLine(ApiRequest request) {
        long id = request.pathId("id");
        return ledger.line(id)
                .map(Views::line)
                .map(ApiResponse::ok)
                .orElseThrow(() -> ProblemException.notFound("There is no line " + id + "."));
    }

    ApiResponse importCsv(ApiRequest request) throws IOException {
        String tenant = request.parameter("tenant").orElse(DEFAULT_TENANT);
        try (Reader csv =
                new BufferedReader(new InputStreamReader(request.body().open(), StandardCharsets.UTF_8))) {
            Imported imported = imports.store(csv, request.actor(), tenant);
            ownChanges.created(imported.serviceIds());
            return ApiResponse.ok(imported.result());
        }
    }

    ApiResponse setState(ApiRequest request) {
        ServiceState state =
                Words.parse(ServiceState.class, request.json(NewState.class).state());
        long serviceId = request.pathId("id");
        services.setState(serviceId, state, request.actor());
        ownChanges.service(serviceId);
        return ApiResponse.noContent();
    }

    private static LedgerFilter filter(ApiRequest request) {
        return new LedgerFilter(
                request.parameter("userName").orElse(null),
                Parameters.octets(request, "circuitId"),
                Parameters.prefix(request, "address"));
    }

    private static long after(ApiRequest request) {
        return Cursors.position(request, 0L, Long::parseLong);
    }
}
