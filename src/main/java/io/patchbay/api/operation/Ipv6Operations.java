package io.patchbay.api.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.patchbay.api.ApiRequest;
import io.patchbay.api.ApiResponse;
import io.patchbay.api.ProblemException;
import io.patchbay.event.Actor;
import io.patchbay.ledger.Words;
import io.patchbay.ledger.address.AddressHold;
import io.patchbay.ledger.ipv6.AssignedPrefix;
import io.patchbay.ledger.ipv6.Ipv6Lifecycle;
import io.patchbay.ledger.ipv6.Ipv6Mode;
import io.patchbay.ledger.ipv6.Ipv6Reader;
import io.patchbay.ledger.ipv6.Ipv6State;
import io.patchbay.ledger.ipv6.Ipv6View;
import io.patchbay.ledger.ipv6.Ipv6Wish;
import java.time.Instant;
import java.util.List;

/** The IPv6 of services: asked for, suspended, renumbered, revoked, and how far it has come. */
final class Ipv6Operations {
    private final Ipv6Lifecycle lifecycle;
    private final Ipv6Reader reader;
    private final OwnChanges ownChanges;

    Ipv6Operations(Ipv6Lifecycle lifecycle, Ipv6Reader reader, OwnChanges ownChanges) {
        this.lifecycle = lifecycle;
        this.reader = reader;
        this.ownChanges = ownChanges;
    }

    /** What a request wants; what is null the plan, the pool or the hub says. */
    private record Wanted(
            String mode, Long wanPoolId, Long delegatedPoolId, Integer delegatedLength, Integer validLifetimeSeconds) {
        Ipv6Wish wish() {
            return new Ipv6Wish(Ipv6Mode.of(mode), wanPoolId, delegatedPoolId, delegatedLength, validLifetimeSeconds);
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Prefix(String kind, String prefix, String pool, Instant assignedAt) {
        static Prefix of(AssignedPrefix one) {
            return new Prefix(one.kind().word(), one.prefix().toString(), one.pool(), one.since());
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Former(String kind, String prefix, String why, Instant until) {
        static Former of(AddressHold hold) {
            return new Former(hold.kind().word(), hold.prefix().toString(), Words.of(hold.reason()), hold.until());
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record View(
            long serviceId,
            String mode,
            String state,
            String reason,
            Instant changedAt,
            Long wanPoolId,
            Long delegatedPoolId,
            Integer delegatedLength,
            Integer validLifetimeSeconds,
            List<Prefix> prefixes,
            List<Former> formerPrefixes,
            List<String> heldBy) {
        static View of(Ipv6View view) {
            return new View(
                    view.serviceId(),
                    view.mode().word(),
                    Words.of(view.state()),
                    view.reason(),
                    view.changedAt(),
                    view.wish().wanPoolId(),
                    view.wish().delegatedPoolId(),
                    view.wish().delegatedLength(),
                    view.wish().validLifetimeSeconds(),
                    view.assigned().stream().map(Prefix::of).toList(),
                    view.former().stream().map(Former::of).toList(),
                    view.heldBy());
        }
    }

    @FunctionalInterface
    private interface Change {
        Ipv6State apply(long serviceId, Actor actor);
    }

    ApiResponse get(ApiRequest request) {
        return ApiResponse.ok(View.of(reader.ofService(request.pathId("id"))));
    }

    ApiResponse put(ApiRequest request) {
        Ipv6Wish wish = request.json(Wanted.class).wish();
        return change(request, (service, actor) -> lifecycle.enable(service, wish, actor));
    }

    ApiResponse renumber(ApiRequest request) {
        return change(request, lifecycle::renumber);
    }

    ApiResponse revoke(ApiRequest request) {
        return change(request, lifecycle::revoke);
    }

    ApiResponse suspend(ApiRequest request) {
        return change(request, lifecycle::suspend);
    }

    ApiResponse resume(ApiRequest request) {
        return change(request, lifecycle::resume);
    }

    ApiResponse retry(ApiRequest request) {
        return change(request, lifecycle::retry);
    }

    private ApiResponse change(ApiRequest request, Change change) {
        long service = request.pathId("id");
        change.apply(service, request.actor());
        ownChanges.service(service);
        return ApiResponse.ok(View.of(reader.ofService(service)));
    }

    ApiResponse list(ApiRequest request) {
        Ipv6State state = request.parameter("state")
                .map(word -> Words.parse(Ipv6State.class, word))
                .orElseThrow(() -> ProblemException.badRequest("Say which state: state=failed"));
        long after = Cursors.position(request, 0L, Long::parseLong);
        List<Ipv6View> found = reader.inState(state, after, request.limit());
        Long next = found.size() < request.limit()
                ? null
                : Long.valueOf(found.getLast().serviceId());
        return ApiResponse.ok(Cursors.page(found.stream().map(View::of).toList(), next));
    }
}
