package io.patchbay.api.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.patchbay.api.ApiRequest;
import io.patchbay.api.ApiResponse;
import io.patchbay.api.ProblemException;
import io.patchbay.api.security.Role;
import io.patchbay.api.security.Tokens;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;

/** Tokens of the API: listed, issued, revoked. */
final class TokenOperations {
    private final Tokens tokens;
    private final TenantNames tenants;

    TokenOperations(Tokens tokens, TenantNames tenants) {
        this.tokens = tokens;
        this.tenants = tenants;
    }

    private record NewToken(String name, String role, String tenant, Long subscriberId, String expiresAt) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Shown(
            long id,
            String name,
            String role,
            String tenant,
            Long subscriberId,
            Instant createdAt,
            String createdBy,
            Instant expiresAt) {
        static Shown of(Tokens.Token token, TenantNames tenants) {
            return new Shown(
                    token.id(),
                    token.name(),
                    token.role().word(),
                    tenants.name(token.tenantId()),
                    token.subscriberId(),
                    token.createdAt(),
                    token.createdBy(),
                    token.expiresAt());
        }
    }

    ApiResponse list(ApiRequest request) {
        return ApiResponse.ok(Map.of(
                "items",
                tokens.list().stream().map(token -> Shown.of(token, tenants)).toList()));
    }

    ApiResponse create(ApiRequest request) {
        NewToken wanted = request.json(NewToken.class);
        Tokens.Issued issued = tokens.issue(
                new Tokens.Wanted(
                        wanted.name(),
                        Role.parse(wanted.role()),
                        tenants.id(wanted.tenant()),
                        wanted.subscriberId(),
                        instant(wanted.expiresAt())),
                request.actor());
        return ApiResponse.created(
                "/api/v1/tokens/" + issued.token().id(),
                Map.of("token", Shown.of(issued.token(), tenants), "secret", issued.secret()));
    }

    /** A date-time of RFC 3339 may name a leap second or an offset that Java does not know. */
    private static Instant instant(String expiresAt) {
        try {
            return expiresAt == null ? null : OffsetDateTime.parse(expiresAt).toInstant();
        } catch (DateTimeException unreadable) {
            throw ProblemException.badRequest("expiresAt is '" + expiresAt + "'; that is no point in time");
        }
    }

    ApiResponse revoke(ApiRequest request) {
        if (!tokens.revoke(request.pathId("id"), request.actor())) {
            throw ProblemException.notFound(
                    "There is no such token; the one named admin stays, and changes with patchbay.admin-token.");
        }
        return ApiResponse.noContent();
    }
}
