package io.patchbay.api.operation;

import io.patchbay.api.operation.ServiceView.PrefixView;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads services with all that hangs on them. */
final class ServiceReader {
    private static final String SERVICES = """
            select service.id, service.subscriber_id, service.kind, plan.name as plan, service.state, service.expires_at,
                credential.user_name, service.line_id, service.option82_policy, vlan.model, vlan.s_vlan, vlan.c_vlan
            from service
                join plan on plan.id = service.plan_id
                left join credential on credential.service_id = service.id
                left join service_vlan vlan on vlan.service_id = service.id
            where service.%s = any(?)
            order by service.id""";

    private static final String PREFIXES = """
            select service_prefix.service_id, service_prefix.kind, service_prefix.prefix::text as prefix, vrf.name as vrf
            from service_prefix join vrf on vrf.id = service_prefix.vrf_id
            where service_prefix.service_id = any(?)
            order by service_prefix.id""";

    private record Assigned(long serviceId, PrefixView prefix) {}

    private final JdbcTemplate jdbc;

    ServiceReader(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    Optional<ServiceView> byId(long id) {
        return read("id", List.of(id)).stream().findFirst();
    }

    List<ServiceView> ofSubscribers(Collection<Long> subscriberIds) {
        return read("subscriber_id", subscriberIds);
    }

    private List<ServiceView> read(String column, Collection<Long> ids) {
        List<ServiceView> bare = jdbc.query(
                SERVICES.formatted(column), (row, number) -> service(row), (Object) ids.toArray(Long[]::new));
        Map<Long, List<PrefixView>> prefixes = jdbc
                .query(
                        PREFIXES,
                        (row, number) -> new Assigned(
                                row.getLong("service_id"),
                                new PrefixView(row.getString("kind"), row.getString("prefix"), row.getString("vrf"))),
                        (Object) bare.stream().map(ServiceView::id).toArray(Long[]::new))
                .stream()
                .collect(Collectors.groupingBy(
                        Assigned::serviceId, Collectors.mapping(Assigned::prefix, Collectors.toList())));
        return bare.stream()
                .map(service -> with(service, prefixes.getOrDefault(service.id(), List.of())))
                .toList();
    }

    private static ServiceView service(ResultSet row) throws SQLException {
        Timestamp expiresAt = row.getTimestamp("expires_at");
        return new ServiceView(
                row.getLong("id"),
                row.getLong("subscriber_id"),
                row.getString("kind"),
                row.getString("plan"),
                row.getString("state"),
                expiresAt == null ? null : expiresAt.toInstant(),
                row.getString("user_name"),
                row.getObject("line_id", Long.class),
                row.getString("option82_policy"),
                row.getString("model"),
                row.getObject("s_vlan", Integer.class),
                row.getObject("c_vlan", Integer.class),
                List.of());
    }

    private static ServiceView with(ServiceView service, List<PrefixView> prefixes) {
        return new ServiceView(
                service.id(),
                service.subscriberId(),
                service.kind(),
                service.plan(),
                service.state(),
                service.expiresAt(),
                service.userName(),
                service.lineId(),
                service.option82Policy(),
                service.vlanModel(),
                service.sVlan(),
                service.cVlan(),
                prefixes);
    }
}
