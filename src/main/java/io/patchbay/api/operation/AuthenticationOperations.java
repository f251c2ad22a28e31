package io.patchbay.api.operation;

import io.patchbay.api.ApiRequest;
import io.patchbay.api.ApiResponse;
import io.patchbay.sighting.AuthenticationFilter;
import io.patchbay.sighting.AuthenticationReader;
import io.patchbay.sighting.LoggedAuthentication;
import java.util.List;

/** The last authentication attempts. */
final class AuthenticationOperations {
    private final AuthenticationReader attempts;

    AuthenticationOperations(AuthenticationReader attempts) {
        this.attempts = attempts;
    }

    ApiResponse list(ApiRequest request) {
        AuthenticationFilter filter = new AuthenticationFilter(
                request.number("subscriberId"),
                request.number("serviceId"),
                request.parameter("userName").orElse(null),
                Parameters.octets(request, "circuitId"),
                request.parameter("nas").orElse(null),
                request.parameter("outcome").orElse(null),
                request.parameter("reason").orElse(null),
                Cursors.position(request, null, SightingOperations::position));
        List<LoggedAuthentication> found = attempts.find(filter, request.limit());
        return ApiResponse.ok(Cursors.page(
                found,
                found.size() < request.limit()
                        ? null
                        : SightingOperations.cursor(
                                found.getLast().at(), found.getLast().id())));
    }
}
