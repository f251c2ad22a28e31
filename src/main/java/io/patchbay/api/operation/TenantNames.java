package io.patchbay.api.operation;

import io.patchbay.api.ApiRequest;
import io.patchbay.api.ProblemException;
import io.patchbay.ledger.Tenant;
import io.patchbay.ledger.Tenants;
import java.util.Optional;
import java.util.function.Predicate;
import org.springframework.jdbc.core.JdbcTemplate;

/** Tenants by the names that requests and answers have for them. There are few. */
final class TenantNames {
    private static final String DEFAULT = "default";

    private final JdbcTemplate jdbc;

    TenantNames(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param name null stays null
     * @throws ProblemException 422 when there is none
     */
    Long id(String name) {
        if (name == null) {
            return null;
        }
        return find(tenant -> tenant.name().equals(name))
                .map(Tenant::id)
                .orElseThrow(() -> ProblemException.unprocessable("tenant: there is none named '" + name + "'."));
    }

    /** @param id null stays null */
    String name(Long id) {
        return id == null
                ? null
                : find(tenant -> tenant.id() == id).map(Tenant::name).orElseGet(id::toString);
    }

    /**
     * Of whom something new shall be: the one that is named, else the caller's own, else the default one.
     *
     * @throws ProblemException 422 when there is none of this name, or it is not the caller's
     */
    long ofNew(ApiRequest request, String name) {
        if (name == null && request.tenantId() != null) {
            return request.tenantId();
        }
        Optional<Long> found = find(tenant -> tenant.name().equals(name == null ? DEFAULT : name))
                .map(Tenant::id)
                .filter(id -> request.tenantId() == null || request.tenantId().equals(id));
        return found.orElseThrow(() -> ProblemException.unprocessable(
                "tenant: there is none named '" + (name == null ? DEFAULT : name) + "'."));
    }

    private Optional<Tenant> find(Predicate<Tenant> wanted) {
        return Tenants.all(jdbc).stream().filter(wanted).findFirst();
    }
}
