package io.patchbay.ledger.ipv6;

import io.patchbay.ledger.LedgerNotFound;
import io.patchbay.ledger.Words;
import io.patchbay.ledger.address.AddressKind;
import io.patchbay.wire.IpPrefix;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;

/** The table service_ipv6, with what it depends on. */
final class Ipv6Rows {
    private static final String SELECT = """
            select s.id, s.ipv6_mode as service_mode, p.name as plan, p.ipv6_mode as plan_mode, p.ipv6_wan_pool_id,
                   p.ipv6_delegated_pool_id, p.ipv6_wan_pool, p.ipv6_delegated_pool, x.mode, x.state, x.reason, x.changed_at,
                   x.wan_pool_id, x.delegated_pool_id, x.delegated_length, x.valid_lifetime_s
            from service s join plan p on p.id = s.plan_id left join service_ipv6 x on x.service_id = s.id
            """;

    private final JdbcTemplate jdbc;

    Ipv6Rows(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Keeps everybody else from changing the service until the transaction ends. @throws LedgerNotFound */
    Ipv6Standing lock(long serviceId) {
        return lockIfThere(serviceId).orElseThrow(() -> new LedgerNotFound("There is no service " + serviceId + "."));
    }

    /** Likewise; empty when the service is gone. */
    Optional<Ipv6Standing> lockIfThere(long serviceId) {
        return jdbc
                .queryForList("select id from service where id = ? for no key update", Long.class, serviceId)
                .stream()
                .findFirst()
                .map(this::read);
    }

    /** @throws LedgerNotFound */
    Ipv6Standing read(long serviceId) {
        List<Ipv6Standing> found = read(SELECT + "where s.id = ?", serviceId);
        if (found.isEmpty()) {
            throw new LedgerNotFound("There is no service " + serviceId + ".");
        }
        return found.getFirst();
    }

    /** Those in this state, by service. */
    List<Ipv6Standing> inState(Ipv6State state, long afterService, int limit) {
        return read(
                SELECT + "where x.state = ? and x.service_id > ? order by x.service_id limit ?",
                state.word(),
                afterService,
                limit);
    }

    private List<Ipv6Standing> read(String sql, Object... parameters) {
        List<Ipv6Standing> bare = jdbc.query(sql, (row, number) -> standing(row), parameters);
        Map<Long, List<AssignedPrefix>> assigned =
                assigned(bare.stream().map(Ipv6Standing::serviceId).toList());
        return bare.stream()
                .map(one -> new Ipv6Standing(
                        one.serviceId(),
                        one.serviceMode(),
                        one.plan(),
                        one.row(),
                        assigned.getOrDefault(one.serviceId(), List.of())))
                .toList();
    }

    private Map<Long, List<AssignedPrefix>> assigned(Collection<Long> serviceIds) {
        record Of(long serviceId, AssignedPrefix prefix) {}
        if (serviceIds.isEmpty()) {
            return Map.of();
        }
        return jdbc
                .query(
                        "select a.*, text(a.prefix) as text, p.name as pool from service_prefix a"
                                + " left join address_pool p on p.id = a.pool_id where a.service_id = any (?) and a.kind in"
                                + " ('ipv6-wan-prefix', 'ipv6-wan-address', 'ipv6-delegated-prefix') order by a.kind desc, a.id",
                        (row, number) -> new Of(
                                row.getLong("service_id"),
                                new AssignedPrefix(
                                        row.getLong("id"),
                                        row.getLong("vrf_id"),
                                        Words.parse(AddressKind.class, row.getString("kind")),
                                        IpPrefix.parse(row.getString("text")),
                                        row.getObject("pool_id", Long.class),
                                        row.getString("pool"),
                                        row.getTimestamp("assigned_at").toInstant())),
                        (Object) serviceIds.toArray(Long[]::new))
                .stream()
                .collect(Collectors.groupingBy(Of::serviceId, Collectors.mapping(Of::prefix, Collectors.toList())));
    }

    private static Ipv6Standing standing(ResultSet row) throws SQLException {
        return new Ipv6Standing(
                row.getLong("id"),
                Ipv6Mode.of(row.getString("service_mode")),
                new Ipv6Standing.PlanPools(
                        row.getString("plan"),
                        Ipv6Mode.of(row.getString("plan_mode")),
                        row.getObject("ipv6_wan_pool_id", Long.class),
                        row.getObject("ipv6_delegated_pool_id", Long.class),
                        row.getString("ipv6_wan_pool"),
                        row.getString("ipv6_delegated_pool")),
                row.getString("state") == null
                        ? null
                        : new Ipv6Row(
                                Ipv6Mode.of(row.getString("mode")),
                                Words.parse(Ipv6State.class, row.getString("state")),
                                row.getString("reason"),
                                row.getTimestamp("changed_at").toInstant(),
                                row.getObject("wan_pool_id", Long.class),
                                row.getObject("delegated_pool_id", Long.class),
                                row.getObject("delegated_length", Integer.class),
                                row.getObject("valid_lifetime_s", Integer.class)),
                List.of());
    }

    /** Makes the row, pending, or gives it another wish. */
    void put(long serviceId, Ipv6Mode mode, Ipv6Wish wish) {
        jdbc.update(
                """
                insert into service_ipv6 (service_id, mode, state, wan_pool_id, delegated_pool_id, delegated_length,
                                          valid_lifetime_s)
                values (?, ?, 'pending', ?, ?, ?, ?)
                on conflict (service_id) do update
                set mode = excluded.mode, wan_pool_id = excluded.wan_pool_id, delegated_pool_id = excluded.delegated_pool_id,
                    delegated_length = excluded.delegated_length, valid_lifetime_s = excluded.valid_lifetime_s
                """,
                serviceId,
                mode.word(),
                wish.wanPoolId(),
                wish.delegatedPoolId(),
                wish.delegatedLength(),
                wish.validLifetimeSeconds());
    }

    /** The wish of the service itself, which stays when the row goes. */
    void setServiceMode(long serviceId, Ipv6Mode mode) {
        jdbc.update("update service set ipv6_mode = ? where id = ?", mode.word(), serviceId);
    }

    /** @param reason null for none */
    void setState(long serviceId, Ipv6State state, String reason) {
        jdbc.update(
                "update service_ipv6 set state = ?, reason = ? where service_id = ?", state.word(), reason, serviceId);
    }

    /** How many services are in each state. */
    Map<Ipv6State, Long> counts() {
        return jdbc
                .query(
                        "select state, count(*) from service_ipv6 group by state",
                        (row, number) -> Map.entry(Words.parse(Ipv6State.class, row.getString(1)), row.getLong(2)))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
