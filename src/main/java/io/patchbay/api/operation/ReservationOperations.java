package io.patchbay.api.operation;

import io.patchbay.api.ApiRequest;
import io.patchbay.api.ApiResponse;
import io.patchbay.api.ProblemException;
import io.patchbay.ledger.address.AddressHold;
import io.patchbay.ledger.address.AddressPool;
import io.patchbay.ledger.address.AddressPools;
import io.patchbay.ledger.address.Reservations;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;

/** What is kept in a pool for a service, or for what a note says. */
final class ReservationOperations {
    private final Reservations reservations;
    private final AddressPools pools;

    ReservationOperations(Reservations reservations, AddressPools pools) {
        this.reservations = reservations;
        this.pools = pools;
    }

    private record NewReservation(
            String pool, String prefix, Integer length, Long serviceId, String until, String note) {}

    ApiResponse list(ApiRequest request) {
        Long pool = request.parameter("pool").map(this::pool).orElse(null);
        List<AddressHold> found = reservations.find(
                pool, request.number("serviceId"), Cursors.position(request, 0L, Long::parseLong), request.limit());
        return ApiResponse.ok(Cursors.page(
                found.stream().map(this::view).toList(),
                found.size() < request.limit() ? null : found.getLast().id()));
    }

    ApiResponse get(ApiRequest request) {
        return ApiResponse.ok(view(reservations.get(request.pathId("id"))));
    }

    ApiResponse create(ApiRequest request) {
        NewReservation said = request.json(NewReservation.class);
        AddressHold made = reservations.reserve(
                new Reservations.Wish(
                        pool(said.pool()),
                        said.prefix() == null ? null : Parameters.prefix("prefix", said.prefix()),
                        said.length(),
                        said.serviceId(),
                        until(said.until()),
                        said.note()),
                request.actor());
        return ApiResponse.created("/api/v1/address-reservations/" + made.id(), view(made));
    }

    ApiResponse giveUp(ApiRequest request) {
        reservations.giveUp(request.pathId("id"), request.actor());
        return ApiResponse.noContent();
    }

    private AddressViews.Hold view(AddressHold hold) {
        return AddressViews.hold(
                hold, pools.find(hold.poolId()).map(AddressPool::name).orElse(""));
    }

    private long pool(String name) {
        return pools.named(name)
                .map(AddressPool::id)
                .orElseThrow(() -> ProblemException.unprocessable("pool: there is none named '" + name + "'."));
    }

    private static Instant until(String text) {
        try {
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException unreadable) {
            throw ProblemException.badRequest("until is '" + text + "'; that is no point in time");
        }
    }
}
