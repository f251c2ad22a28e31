package io.patchbay.ledger;

import io.patchbay.line.IdentifierKind;
import io.patchbay.line.LineIdentifier;
import io.patchbay.wire.Octets;
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

    private final NamedParameterJdbcTemplate jdbc;
    private final ServiceReader services;

    public LedgerReader(NamedParameterJdbcTemplate jdbc) {
        this.jdbc = jdbc;
        this.services = new ServiceReader(jdbc);
    }

    /**
     * Subscribers with their services.
     *
     * @param after the {@link Page#next} of the page before, 0 for the first
     * @param limit 1 to 1000
     */
    public Page<SubscriberView> subscribers(LedgerFilter filter, long after, int limit) {
        MapSqlParameterSource parameters = parameters(filter, after, limit);
        boolean byService = filter.userName() != null || filter.circuitId() != null || filter.address() != null;
        String condition = " and (:tenantId::bigint is null or b.tenant_id = :tenantId)"
                + " and (:externalId::text is null or b.external_id = :externalId)"
                + (!byService
                        ? ""
                        : " and b.id in (select subscriber_id from (" + servicesThatMatch(filter) + ") matching)");
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
        Map<Long, List<ServiceView>> services = this.services.ofSubscribers(
                found.stream().map(SubscriberView::id).toList());
        List<SubscriberView> whole = found.stream()
                .map(one -> new SubscriberView(
                        one.id(),
                        one.tenant(),
                        one.externalId(),
                        one.createdAt(),
                        services.getOrDefault(one.id(), List.of())))
                .toList();
        return Page.of(whole, limit, one -> one.id());
    }

    public Optional<SubscriberView> subscriber(long id) {
        return subscriber(LedgerFilter.ALL, id);
    }

    /** Unless it does not match. */
    public Optional<SubscriberView> subscriber(LedgerFilter filter, long id) {
        return subscribers(filter, id - 1, 1).items().stream()
                .filter(subscriber -> subscriber.id() == id)
                .findFirst();
    }

    /** Lines with their identifiers; a filter by user name or address selects the lines of the services that match. */
    public Page<LineView> lines(LedgerFilter filter, long after, int limit) {
        MapSqlParameterSource parameters = parameters(filter, after, limit);
        String condition = filter.userName() != null || filter.address() != null || filter.tenantId() != null
                ? " and l.id in (select line_id from (" + servicesThatMatch(filter) + ") matching)"
                : filter.circuitId() != null
                        ? " and l.id in (select line_id from line_identifier where kind = 'circuit-id' and value = :circuitId)"
                        : "";
        List<LineView> found = jdbc.query(
                "select l.*, n.name node, array(select s.id from service s where s.line_id = l.id"
                        + " and (:tenantId::bigint is null or s.tenant_id = :tenantId) order by s.id) services"
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
        return Page.of(whole, limit, one -> one.id());
    }

    public Optional<LineView> line(long id) {
        return line(LedgerFilter.ALL, id);
    }

    /** Unless it does not match. */
    public Optional<LineView> line(LedgerFilter filter, long id) {
        return lines(filter, id - 1, 1).items().stream()
                .filter(line -> line.id() == id)
                .findFirst();
    }

    static MapSqlParameterSource parameters(LedgerFilter filter, long after, int limit) {
        if (limit < 1 || limit > LARGEST_PAGE) {
            throw new LedgerInvalid("limit: " + limit + " is not a number from 1 to " + LARGEST_PAGE);
        }
        String userName = filter.userName();
        return new MapSqlParameterSource()
                .addValue("after", after)
                .addValue("limit", limit)
                .addValue("tenantId", filter.tenantId())
                .addValue("externalId", filter.externalId())
                .addValue("userName", userName)
                .addValue("foldedUserName", userName == null ? null : userName.toLowerCase(Locale.ROOT))
                .addValue(
                        "circuitId",
                        filter.circuitId() == null ? null : filter.circuitId().toByteArray())
                .addValue(
                        "address",
                        filter.address() == null ? null : filter.address().toString());
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

    /** Only what is asked for: a condition that may be absent keeps PostgreSQL from its indexes. */
    private static String servicesThatMatch(LedgerFilter filter) {
        StringBuilder sql = new StringBuilder("select s.subscriber_id, s.line_id from service s where true");
        if (filter.tenantId() != null) {
            sql.append(" and s.tenant_id = :tenantId");
        }
        if (filter.userName() != null) {
            sql.append(
                    " and s.id in (select service_id from credential where user_name in (:userName, :foldedUserName))");
        }
        if (filter.circuitId() != null) {
            sql.append(" and s.line_id in (select line_id from line_identifier where kind = 'circuit-id'")
                    .append(" and value = :circuitId)");
        }
        if (filter.address() != null) {
            sql.append(" and s.id in (select service_id from service_prefix where prefix && :address::inet)");
        }
        return sql.toString();
    }
}
