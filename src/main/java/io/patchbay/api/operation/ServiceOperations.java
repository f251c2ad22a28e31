package io.patchbay.api.operation;

import io.patchbay.api.ApiRequest;
import io.patchbay.api.ApiResponse;
import io.patchbay.api.ProblemException;
import io.patchbay.ledger.CredentialChanges;
import io.patchbay.ledger.LedgerNotFound;
import io.patchbay.ledger.Owners;
import io.patchbay.ledger.ServiceChanges;
import io.patchbay.ledger.ServiceCreation;
import io.patchbay.ledger.ServiceFilter;
import io.patchbay.ledger.ServiceReader;
import io.patchbay.ledger.ServiceState;
import io.patchbay.ledger.Words;
import java.util.Map;

/** Services and the credentials of their users. Passwords go in and never come out. */
final class ServiceOperations {
    private final ServiceReader reader;
    private final ServiceChanges services;
    private final CredentialChanges credentials;
    private final Owners owners;
    private final ServiceCreation creation;
    private final OwnChanges ownChanges;

    ServiceOperations(
            ServiceReader reader,
            ServiceChanges services,
            CredentialChanges credentials,
            Owners owners,
            ServiceCreation creation,
            OwnChanges ownChanges) {
        this.reader = reader;
        this.services = services;
        this.credentials = credentials;
        this.owners = owners;
        this.creation = creation;
        this.ownChanges = ownChanges;
    }

    private record NewState(String state) {}

    private record NewCredential(String userName, String password) {
        /** Secrets stay out of logs. */
        @Override
        public String toString() {
            return "NewCredential[" + userName + "]";
        }
    }

    ApiResponse list(ApiRequest request) {
        ServiceFilter filter = Parameters.serviceFilter(request);
        return Cursors.answer(reader.find(filter, Cursors.after(request), request.limit()), Views::service);
    }

    ApiResponse get(ApiRequest request) {
        return ApiResponse.ok(shown(own(request)));
    }

    ApiResponse create(ApiRequest request) {
        Map<String, Object> said = Said.of(request);
        long subscriber = ((Number) said.remove("subscriberId")).longValue();
        if (request.tenantId() != null && !request.tenantId().equals(owners.tenantOf("subscribers", subscriber))) {
            throw ProblemException.unprocessable("subscriberId: there is no subscriber " + subscriber + ".");
        }
        requireOwnLine(request, said);
        Said.readMoment(said, "expiresAt");
        Map<?, ?> credential = said.remove("credential") instanceof Map<?, ?> given ? given : Map.of();
        long id = create(request, subscriber, said, credential);
        ownChanges.created(id);
        return ApiResponse.created("/api/v1/services/" + id, shown(id));
    }

    private long create(ApiRequest request, long subscriber, Map<String, Object> said, Map<?, ?> credential) {
        try {
            return creation.create(
                    subscriber,
                    said,
                    (String) credential.get("userName"),
                    (String) credential.get("password"),
                    request.actor());
        } catch (LedgerNotFound noSubscriber) {
            throw ProblemException.unprocessable("subscriberId: " + noSubscriber.getMessage());
        }
    }

    ApiResponse change(ApiRequest request) {
        long id = own(request);
        Map<String, Object> said = Said.of(request);
        requireOwnLine(request, said);
        Said.readMoment(said, "expiresAt");
        services.change(id, said, request.actor());
        ownChanges.service(id);
        return ApiResponse.ok(shown(id));
    }

    ApiResponse setState(ApiRequest request) {
        long id = own(request);
        ServiceState state =
                Words.parse(ServiceState.class, request.json(NewState.class).state());
        services.setState(id, state, request.actor());
        ownChanges.service(id);
        return ApiResponse.noContent();
    }

    ApiResponse remove(ApiRequest request) {
        long id = own(request);
        services.remove(id, request.actor());
        ownChanges.service(id);
        return ApiResponse.noContent();
    }

    ApiResponse getCredential(ApiRequest request) {
        return ApiResponse.ok(credentials.get(own(request)));
    }

    ApiResponse setCredential(ApiRequest request) {
        long id = own(request);
        NewCredential wanted = request.json(NewCredential.class);
        credentials.set(id, wanted.userName(), wanted.password(), request.actor());
        ownChanges.service(id);
        return ApiResponse.ok(credentials.get(id));
    }

    ApiResponse removeCredential(ApiRequest request) {
        long id = own(request);
        credentials.remove(id, request.actor());
        ownChanges.service(id);
        return ApiResponse.noContent();
    }

    /** A tenant puts its services on lines where it is already: what is on others it does not see. */
    private void requireOwnLine(ApiRequest request, Map<String, Object> said) {
        if (request.tenantId() != null
                && said.get("lineId") instanceof Number line
                && !owners.livesOn(request.tenantId(), line.longValue())) {
            throw ProblemException.unprocessable(
                    "There is no line " + line + " on which a service of this tenant lives.");
        }
    }

    private long own(ApiRequest request) {
        long id = request.pathId("id");
        if (request.tenantId() != null) {
            request.requireTenant(owners.tenantOf("services", id));
        }
        return id;
    }

    private Views.Service shown(long id) {
        return reader.get(id)
                .map(Views::service)
                .orElseThrow(() -> ProblemException.notFound("There is no service " + id + "."));
    }
}
