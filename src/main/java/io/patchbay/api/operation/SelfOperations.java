package io.patchbay.api.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.patchbay.api.ApiRequest;
import io.patchbay.api.ApiResponse;
import io.patchbay.api.Problem;
import io.patchbay.api.ProblemException;
import io.patchbay.ledger.LedgerConflict;
import io.patchbay.ledger.LedgerReader;
import io.patchbay.ledger.SubscriberView;
import io.patchbay.ledger.Words;
import io.patchbay.ledger.address.AddressKind;
import io.patchbay.ledger.selfservice.AddressRequest;
import io.patchbay.ledger.selfservice.AddressRequests;
import io.patchbay.ledger.selfservice.Ipv6States;
import io.patchbay.wire.IpPrefix;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What a subscriber's own token sees and asks for, and what operators make of that. */
final class SelfOperations {
    private final LedgerReader ledger;
    private final AddressRequests requests;
    private final Ipv6States ipv6;
    private final OwnChanges ownChanges;

    SelfOperations(LedgerReader ledger, AddressRequests requests, Ipv6States ipv6, OwnChanges ownChanges) {
        this.ledger = ledger;
        this.requests = requests;
        this.ipv6 = ipv6;
        this.ownChanges = ownChanges;
    }

    private record NewRequest(long serviceId, String kind, String note) {}

    private record Decision(boolean grant, Long poolId, String prefix, String answer) {}

    private record Self(String tenant, String externalId, List<OwnService> services) {}

    /** Without what is the network's own: line and VLANs. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record OwnService(
            long id,
            String kind,
            String plan,
            String state,
            String userName,
            Instant expiresAt,
            String ipv6Mode,
            String ipv6State,
            List<Views.Prefix> addresses) {
        static OwnService of(Views.Service service, String ipv6State) {
            return new OwnService(
                    service.id(),
                    service.kind(),
                    service.plan(),
                    service.state(),
                    service.userName(),
                    service.expiresAt(),
                    service.ipv6Mode(),
                    ipv6State,
                    service.prefixes());
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record OwnAddress(long serviceId, String kind, String prefix, Integer netmaskLength) {}

    ApiResponse get(ApiRequest request) {
        SubscriberView subscriber = own(request);
        Map<Long, String> states = ipv6.ofSubscriber(subscriber.id());
        return ApiResponse.ok(new Self(
                subscriber.tenant(),
                subscriber.externalId(),
                subscriber.services().stream()
                        .map(Views::service)
                        .map(service -> OwnService.of(service, states.get(service.id())))
                        .toList()));
    }

    ApiResponse addresses(ApiRequest request) {
        List<OwnAddress> addresses = own(request).services().stream()
                .map(Views::service)
                .flatMap(service -> service.prefixes().stream()
                        .map(one -> new OwnAddress(service.id(), one.kind(), one.prefix(), one.netmaskLength())))
                .toList();
        return ApiResponse.ok(Map.of("items", addresses));
    }

    ApiResponse ask(ApiRequest request) {
        NewRequest wanted = request.json(NewRequest.class);
        AddressRequest made = requests.ask(
                own(request).id(),
                wanted.serviceId(),
                Words.parse(AddressKind.class, wanted.kind()),
                wanted.note(),
                request.actor());
        return ApiResponse.created("/api/v1/self/address-requests", made);
    }

    ApiResponse ownRequests(ApiRequest request) {
        return page(request, new AddressRequests.Filter(null, own(request).id(), state(request)));
    }

    ApiResponse requests(ApiRequest request) {
        return page(
                request,
                new AddressRequests.Filter(request.tenantId(), request.number("subscriberId"), state(request)));
    }

    ApiResponse decide(ApiRequest request) {
        long id = request.pathId("id");
        if (request.tenantId() != null) {
            request.requireTenant(requests.tenantOf(id));
        }
        Decision decision = request.json(Decision.class);
        if (!decision.grant()) {
            return ApiResponse.ok(requests.decline(id, decision.answer(), request.actor()));
        }
        AddressRequest granted = grant(request, id, decision);
        ownChanges.service(granted.serviceId());
        return ApiResponse.ok(granted);
    }

    private AddressRequest grant(ApiRequest request, long id, Decision decision) {
        IpPrefix prefix = decision.prefix() == null ? null : Parameters.prefix("prefix", decision.prefix());
        requests.requireWaiting(id);
        try {
            return requests.grant(id, decision.poolId(), prefix, decision.answer(), request.actor());
        } catch (LedgerConflict refused) {
            // Who has it may be another tenant's.
            throw request.tenantId() == null || prefix == null
                    ? refused
                    : ProblemException.conflict(prefix + " cannot be given to this service.");
        }
    }

    private ApiResponse page(ApiRequest request, AddressRequests.Filter filter) {
        List<AddressRequest> found = requests.find(filter, Cursors.after(request), request.limit());
        return ApiResponse.ok(Cursors.page(
                found, found.size() < request.limit() ? null : found.getLast().id()));
    }

    private static String state(ApiRequest request) {
        return request.parameter("state").orElse(null);
    }

    private SubscriberView own(ApiRequest request) {
        Long subscriber = request.caller().subscriberId();
        if (subscriber == null) {
            throw new ProblemException(Problem.of(403, "This is for a subscriber's own token; this one is nobody's."));
        }
        return ledger.subscriber(subscriber)
                .orElseThrow(() -> ProblemException.notFound("The subscriber of this token is no more."));
    }
}
