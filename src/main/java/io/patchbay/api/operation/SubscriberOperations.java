package io.patchbay.api.operation;

import io.patchbay.api.ApiRequest;
import io.patchbay.api.ApiResponse;
import io.patchbay.api.ProblemException;
import io.patchbay.ledger.Imported;
import io.patchbay.ledger.LedgerFilter;
import io.patchbay.ledger.LedgerReader;
import io.patchbay.ledger.Owners;
import io.patchbay.ledger.SubscriberChanges;
import io.patchbay.ledger.SubscriberImport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Subscribers: read, made, named otherwise, removed; imported with their services and lines. */
final class SubscriberOperations {
    private static final String DEFAULT_TENANT = "default";

    private final LedgerReader ledger;
    private final SubscriberChanges subscribers;
    private final SubscriberImport imports;
    private final Owners owners;
    private final TenantNames tenants;
    private final OwnChanges ownChanges;

    SubscriberOperations(
            LedgerReader ledger,
            SubscriberChanges subscribers,
            SubscriberImport imports,
            Owners owners,
            TenantNames tenants,
            OwnChanges ownChanges) {
        this.ledger = ledger;
        this.subscribers = subscribers;
        this.imports = imports;
        this.owners = owners;
        this.tenants = tenants;
        this.ownChanges = ownChanges;
    }

    ApiResponse list(ApiRequest request) {
        return Cursors.answer(
                ledger.subscribers(Parameters.ledgerFilter(request), Cursors.after(request), request.limit()),
                Views::subscriber);
    }

    ApiResponse get(ApiRequest request) {
        return ApiResponse.ok(shown(request, request.pathId("id")));
    }

    ApiResponse create(ApiRequest request) {
        Map<String, Object> said = Said.of(request);
        long tenant = tenants.ofNew(request, Said.text(said, "tenant"));
        long id = subscribers.create(tenant, Said.text(said, "externalId"), request.actor());
        return ApiResponse.created("/api/v1/subscribers/" + id, shown(request, id));
    }

    ApiResponse change(ApiRequest request) {
        long id = own(request);
        Map<String, Object> said = Said.of(request);
        if (said.containsKey("externalId")) {
            subscribers.rename(id, Said.text(said, "externalId"), request.actor());
        }
        return ApiResponse.ok(shown(request, id));
    }

    ApiResponse remove(ApiRequest request) {
        subscribers.remove(own(request), request.actor());
        return ApiResponse.noContent();
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

    private long own(ApiRequest request) {
        long id = request.pathId("id");
        if (request.tenantId() != null) {
            request.requireTenant(owners.tenantOf("subscribers", id));
        }
        return id;
    }

    private Views.Subscriber shown(ApiRequest request, long id) {
        return ledger.subscriber(LedgerFilter.ofTenant(request.tenantId()), id)
                .map(Views::subscriber)
                .orElseThrow(() -> ProblemException.notFound("There is no subscriber " + id + "."));
    }
}
