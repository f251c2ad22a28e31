package io.patchbay.ledger;

import io.patchbay.ledger.ServiceView.Assignment;
import io.patchbay.wire.IpPrefix;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/** Services for people and programs to read, with what is assigned to them. No secrets. */
public final class ServiceReader {
    private static final String MATCHING = """
            select s.id from service s
            where s.id > :after
              and (:tenantId::bigint is null or s.tenant_id = :tenantId)
              and (:subscriberId::bigint is null or s.subscriber_id = :subscriberId)
              and (:lineId::bigint is null or s.line_id = :lineId)
              and (:state::text is null or s.state = :state)
              and (:plan::text is null or s.plan_id in (select p.id from plan p where p.name = :plan))
              and (:externalId::text is null or s.subscriber_id in
                  (select b.id from subscriber b where b.external_id = :externalId))
              and (:userName::text is null or exists (select from credential c where c.service_id = s.id
                       and c.user_name in (:userName, :foldedUserName)))
              and (:circuitId::bytea is null or exists (select from line_identifier i where i.line_id = s.line_id
                       and i.kind = 'circuit-id' and i.value = :circuitId))
              and (:address::inet is null or exists (select from service_prefix p where p.service_id = s.id
                       and p.prefix && :address::inet))
            order by s.id limit :limit""";

    private final NamedParameterJdbcTemplate jdbc;

    public ServiceReader(NamedParameterJdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * In the order of the ids.
     *
     * @param after the {@link Page#next} of the page before, 0 for the first
     * @param limit 1 to 1000
     */
    public Page<ServiceView> find(ServiceFilter filter, long after, int limit) {
        MapSqlParameterSource parameters = LedgerReader.parameters(filter.of(), after, limit)
                .addValue("subscriberId", filter.subscriberId())
                .addValue("lineId", filter.lineId())
                .addValue("plan", filter.plan())
                .addValue("state", Words.of(filter.state()));
        List<Long> ids = jdbc.queryForList(MATCHING, parameters, Long.class);
        return Page.of(List.copyOf(read("s.id", ids).values()), limit, ServiceView::id);
    }

    public Optional<ServiceView> get(long id) {
        return Optional.ofNullable(read("s.id", List.of(id)).get(id));
    }

    /** By the subscriber's id. */
    Map<Long, List<ServiceView>> ofSubscribers(List<Long> subscriberIds) {
        Map<Long, List<ServiceView>> services = new HashMap<>();
        read("s.subscriber_id", subscriberIds).values().forEach(service -> services.computeIfAbsent(
                        service.subscriberId(), id -> new ArrayList<>())
                .add(service));
        return services;
    }

    private Map<Long, ServiceView> read(String column, List<Long> ids) {
        Map<Long, ServiceView> services = new TreeMap<>();
        if (ids.isEmpty()) {
            return services;
        }
        MapSqlParameterSource wanted = new MapSqlParameterSource("ids", ids);
        Map<Long, List<Assignment>> assignments = new HashMap<>();
        jdbc.query(
                "select p.service_id, p.kind, text(p.prefix), p.netmask_length from service_prefix p"
                        + " join service s on s.id = p.service_id where " + column
                        + " in (:ids) order by p.kind, p.prefix",
                wanted,
                row -> {
                    assignments
                            .computeIfAbsent(row.getLong(1), id -> new ArrayList<>())
                            .add(new Assignment(
                                    row.getString(2),
                                    IpPrefix.parse(row.getString(3)),
                                    row.getObject(4, Integer.class)));
                });
        jdbc.query(
                "select s.*, p.name plan, c.user_name, v.model, v.s_vlan, v.c_vlan from service s"
                        + " join plan p on p.id = s.plan_id left join credential c on c.service_id = s.id"
                        + " left join service_vlan v on v.service_id = s.id where " + column + " in (:ids)",
                wanted,
                row -> {
                    long id = row.getLong("id");
                    services.put(id, service(row, assignments.getOrDefault(id, List.of())));
                });
        return services;
    }

    private static ServiceView service(ResultSet row, List<Assignment> assignments) throws SQLException {
        Timestamp expiresAt = row.getTimestamp("expires_at");
        return new ServiceView(
                row.getLong("id"),
                row.getLong("subscriber_id"),
                row.getString("kind"),
                Words.parse(ServiceState.class, row.getString("state")),
                row.getString("plan"),
                row.getString("user_name"),
                row.getObject("line_id", Long.class),
                row.getString("model"),
                row.getObject("s_vlan", Integer.class),
                row.getObject("c_vlan", Integer.class),
                assignments,
                Words.parse(Option82Policy.class, row.getString("option82_policy")),
                expiresAt == null ? null : expiresAt.toInstant(),
                row.getInt("session_timeout_s"),
                row.getString("ipv6_mode"),
                row.getString("cpe_id"));
    }
}
