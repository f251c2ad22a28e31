package io.patchbay.api.operation;

import io.patchbay.api.ApiRequest;
import io.patchbay.api.ApiResponse;
import io.patchbay.sighting.SeenSighting;
import io.patchbay.sighting.SightingFilter;
import io.patchbay.sighting.SightingReader;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** The mismatch inbox. */
final class SightingOperations {
    private final SightingReader sightings;

    SightingOperations(SightingReader sightings) {
        this.sightings = sightings;
    }

    ApiResponse list(ApiRequest request) {
        SightingFilter filter = new SightingFilter(
                request.parameter("reason").orElse(null),
                request.parameter("outcome").orElse(null),
                request.parameter("nas").orElse(null),
                request.number("serviceId"),
                request.parameter("userName").orElse(null),
                Parameters.octets(request, "circuitId"),
                Cursors.position(request, null, SightingOperations::position));
        List<SeenSighting> found = sightings.find(filter, request.limit());
        return ApiResponse.ok(Cursors.page(
                found,
                found.size() < request.limit()
                        ? null
                        : cursor(found.getLast().lastSeen(), found.getLast().id())));
    }

    static String cursor(Instant lastSeen, long id) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, lastSeen) + ":" + id;
    }

    static SightingFilter.Position position(String cursor) {
        String[] parts = cursor.split(":", 2);
        return new SightingFilter.Position(
                Instant.EPOCH.plus(Long.parseLong(parts[0]), ChronoUnit.MICROS), Long.parseLong(parts[1]));
    }
}
