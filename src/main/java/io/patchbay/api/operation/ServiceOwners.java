package io.patchbay.api.operation;

import io.patchbay.api.ApiRequest;
import io.patchbay.api.ProblemException;
import java.util.List;
import java.util.Objects;
import org.springframework.jdbc.core.JdbcTemplate;

/** Whose a service is, before anything of it is shown or changed. */
final class ServiceOwners {
    private final JdbcTemplate jdbc;

    ServiceOwners(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    private record Owner(long tenantId, long subscriberId) {}

    /** @throws ProblemException 404 when there is no such service, or none that the caller may know of */
    void requireVisible(ApiRequest request, long serviceId) {
        List<Owner> owners = jdbc.query(
                "select tenant_id, subscriber_id from service where id = ?",
                (row, number) -> new Owner(row.getLong(1), row.getLong(2)),
                serviceId);
        if (owners.isEmpty()) {
            request.requireTenant(null);
            throw ProblemException.notFound("There is no service " + serviceId + ".");
        }
        Owner owner = owners.getFirst();
        Long subscriber = request.caller().subscriberId();
        boolean isHidden = subscriber != null && !Objects.equals(subscriber, owner.subscriberId());
        request.requireTenant(isHidden ? null : owner.tenantId());
    }
}
