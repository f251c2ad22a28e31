package io.patchbay.ledger;

import io.patchbay.ledger.ServiceView.Assignment;
import io.patchbay.line.IdentifierKind;
import io.patchbay.line.LineIdentifier;
import io.patchbay.wire.IpPrefix;
import io.patchbay.wire.Octets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/** What the ledger holds, for people and programs to read, page by page in the order of the ids. No secrets. */
public final class LedgerReader {
    private static final int LARGEST_PAGE = 1_000;
    private static final String SERVICES_THAT_MATCH = """
            select s.subscriber_id, s.line_id from service s
            where (:userName::text is null or exists (select from credential c where c.service_id = s.id
                       and c.user_name in (:userName, :foldedUserName)))
              and (:circuitId::bytea is null or exists (select from line_identifier i where i.line_id = s.line_id
                       and i.kind = 'circuit-id' and i.value = :circuitId))
              and (:address::inet is null or exists (select from service_prefix p where p.service_id = s.id
                       and p.prefix && :address::inet))""";

    private final NamedParameterJdbcTemplate jdbc;

    public LedgerReader(NamedParameterJdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Subscribers with their services.
     *
     * @param after the {@link Page#next} of the page before, 0 for the first
     * @param limit 1 to 1000
     */
    public Page<SubscriberView> subscribers(LedgerFilter filter, long after, int limit) {
        MapSqlParameterSource parameters = parameters(filter, after, limit);
        String condition = filter.equals(LedgerFilter.ALL)
                ? ""
                : " and b.id in (select subscriber_id from (" + SERVICES_THAT_MATCH + ") matching)";
        List<SubscriberView> found = jdbc.query(
                "select b.id, t.name tenant, b.external_id, b.created_at from subscriber b join tenant t on t.id = b.tenant_id"
                        + " where b.id > :after" + condition + " order by b.id limit :limit",
                parameters,
                (row, number) -> new SubscriberView(
                        row.getLong("id"),
                        row.getString("tenant"),
                        row.getString("external_id"),
                        row.getTimestamp("created_at").toInstant(),
                        List.of()));
        Map<Long, List<ServiceView>> services =
                services(found.stream().map(SubscriberView::id).toList());
        List<SubscriberView> whole = found.stream()
                .map(one -> new SubscriberView(
                        one.id(),
                        one.tenant(),
                        one.externalId(),
                        one.createdAt(),
                        services.getOrDefault(one.id(), List.of())))
                .toList();
        return new Page<>(
                whole,
                whole.size() < limit ? null : Long.valueOf(whole.getLast().id()));
    }

    public Optional<SubscriberView> subscriber(long id) {
        return subscribers(LedgerFilter.ALL, id - 1, 1).items().stream()
                .filter(subscriber -> subscriber.id() == id)
                .findFirst();
    }

    /** Lines with their identifiers; a filter by user name or address selects the lines of the services that match. */
    public Page<LineView> lines(LedgerFilter filter, long after, int limit) {
        MapSqlParameterSource parameters = parameters(filter, after, limit);
        String condition = filter.userName() != null || filter.address() != null
                ? " and l.id in (select line_id from (" + SERVICES_THAT_MATCH + ") matching)"
                : filter.circuitId() != null
                        ? " and l.id in (select line_id from line_identifier where kind = 'circuit-id' and value = :circuitId)"
                        : "";
        List<LineView> found = jdbc.query(
                "select l.*, n.name node, array(select s.id from service s where s.line_id = l.id order by s.id) services"
                        + " from access_line l join access_node n on n.id = l.access_node_id"
                        + " where l.id > :after" + condition + " order by l.id limit :limit",
                parameters,
                (row, number) -> new LineView(
                        row.getLong("id"),
                        row.getString("node"),
                        List.of(),
                        row.getString("canonical_circuit_id"),
                        row.getString("onu_serial"),
                        row.getObject("uni", Integer.class),
                        List.of((Long[]) row.getArray("services").getArray())));
        Map<Long, List<LineIdentifier>> identifiers =
                identifiers(found.stream().map(LineView::id).toList());
        List<LineView> whole = found.stream()
                .map(one -> new LineView(
                        one.id(),
                        one.accessNode(),
                        identifiers.getOrDefault(one.id(), List.of()),
                        one.canonicalCircuitId(),
                        one.onuSerial(),
                        one.uni(),
                        one.serviceIds()))
                .toList();
        return new Page<>(
                whole,
                whole.size() < limit ? null : Long.valueOf(whole.getLast().id()));
    }

    public Optional<LineView> line(long id) {
        return lines(LedgerFilter.ALL, id - 1, 1).items().stream()
                .filter(line -> line.id() == id)
                .findFirst();
    }

    private static MapSqlParameterSource parameters(LedgerFilter filter, long after, int limit) {
        if (limit < 1 || limit > LARGEST_PAGE) {
            throw new LedgerInvalid("limit: " + limit + " is not a number from 1 to " + LARGEST_PAGE);
        }
        String userName = filter.userName();
        return new MapSqlParameterSource()
                .addValue("after", after)
                .addValue("limit", limit)
                .addValue("userName", userName)
                .addValue("foldedUserName", userName == null ? null : userName.toLowerCase(Locale.ROOT))
                .addValue(
                        "circuitId",
                        filter.circuitId() == null ? null : filter.circuitId().toByteArray())
                .addValue(
                        "address",
                        filter.address() == null ? null : filter.address().toString());
    }

    private Map<Long, List<ServiceView>> services(List<Long> subscriberIds) {
        if (subscriberIds.isEmpty()) {
            return Map.of();
        }
        MapSqlParameterSource wanted = new MapSqlParameterSource("ids", subscriberIds);
        Map<Long, List<Assignment>> assignments = new HashMap<>();
        jdbc.query(
                "select p.service_id, p.kind, text(p.prefix), p.netmask_length from service_prefix p"
                        + " join service s on s.id = p.service_id where s.subscriber_id in (:ids) order by p.kind, p.prefix",
                wanted,
                row -> {
                    assignments
                            .computeIfAbsent(row.getLong(1), id -> new ArrayList<>())
                            .add(new Assignment(
                                    row.getString(2),
                                    IpPrefix.parse(row.getString(3)),
                                    row.getObject(4, Integer.class)));
                });
        Map<Long, List<ServiceView>> services = new HashMap<>();
        jdbc.query(
                "select s.*, p.name plan, c.user_name, v.model, v.s_vlan, v.c_vlan from service s"
                        + " join plan p on p.id = s.plan_id left join credential c on c.service_id = s.id"
                        + " left join service_vlan v on v.service_id = s.id where s.subscriber_id in (:ids) order by s.id",
                wanted,
                row -> {
                    ServiceView service = service(row, assignments.getOrDefault(row.getLong("id"), List.of()));
                    services.computeIfAbsent(service.subscriberId(), id -> new ArrayList<>())
                            .add(service);
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

    private Map<Long, List<LineIdentifier>> identifiers(List<Long> lineIds) {
        Map<Long, List<LineIdentifier>> identifiers = new HashMap<>();
        if (!lineIds.isEmpty()) {
            jdbc.query(
                    "select line_id, access_node_id, kind, value from line_identifier where line_id in (:ids) order by kind",
                    new MapSqlParameterSource("ids", lineIds),
                    row -> {
                        identifiers
                                .computeIfAbsent(row.getLong(1), id -> new ArrayList<>())
                                .add(new LineIdentifier(
                                        row.getLong(2),
                                        Words.parse(IdentifierKind.class, row.getString(3)),
                                        Octets.of(row.getBytes(4))));
                    });
        }
        return identifiers;
    }
}
