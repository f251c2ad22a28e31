package io.patchbay.ledger.address;

import io.patchbay.ledger.Page;
import io.patchbay.wire.IpPrefix;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** Finds what is assigned, and what was. */
public final class AddressSearch {
    private static final String ASSIGNED = """
            select p.id, text(p.prefix) as prefix, p.kind, p.netmask_length, l.name as pool, r.name as vrf, p.service_id,
                s.subscriber_id, b.external_id, t.name as tenant, c.user_name, s.line_id, v.s_vlan, v.c_vlan, p.assigned_at
            from service_prefix p
            join service s on s.id = p.service_id
            join subscriber b on b.id = s.subscriber_id
            join tenant t on t.id = s.tenant_id
            join vrf r on r.id = p.vrf_id
            left join address_pool l on l.id = p.pool_id
            left join credential c on c.service_id = s.id
            left join service_vlan v on v.service_id = s.id
            where p.id > ?""";

    private static final String NOW = """
            select p.id, text(p.prefix) as prefix, p.kind, p.service_id, s.subscriber_id, service_holder(p.service_id) as holder,
                p.assigned_at, null::timestamptz as released_at
            from service_prefix p join service s on s.id = p.service_id where true""";

    private static final String BEFORE = """
            select h.id, text(h.prefix) as prefix, h.kind, h.service_id, h.subscriber_id, h.holder, h.assigned_at, h.released_at
            from address_history h where true""";

    private final JdbcTemplate jdbc;

    public AddressSearch(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * In the order they were assigned.
     *
     * @param after the {@link Page#next} of the page before, 0 for the first
     */
    public Page<FoundAddress> find(AddressFilter filter, long after, int limit) {
        StringBuilder sql = new StringBuilder(ASSIGNED);
        List<Object> values = new ArrayList<>(List.of(after));
        and(
                sql,
                values,
                "p.prefix && ?::inet",
                filter.prefix() == null ? null : filter.prefix().toString());
        and(sql, values, "s.subscriber_id = ?", filter.subscriberId());
        and(sql, values, "p.service_id = ?", filter.serviceId());
        and(sql, values, "s.line_id = ?", filter.lineId());
        and(sql, values, "v.s_vlan = ?", filter.sVlan());
        and(sql, values, "v.c_vlan = ?", filter.cVlan());
        and(sql, values, "p.pool_id = ?", filter.poolId());
        and(
                sql,
                values,
                "p.kind = ?",
                filter.kind() == null ? null : filter.kind().word());
        and(sql, values, "s.tenant_id = ?", filter.tenantId());
        values.add(limit);
        List<FoundAddress> found = jdbc.query(sql + " order by p.id limit ?", AddressSearch::found, values.toArray());
        return new Page<>(
                found,
                found.size() < limit ? null : Long.valueOf(found.getLast().id()));
    }

    /**
     * Where a page of the past begins: with what is assigned now, in the order of assignment, then with what was, the latest
     * release first.
     *
     * @param id the last one of the page before
     */
    public record Position(boolean isPast, long id) {
        public static final Position FIRST = new Position(false, 0);

        public static Position parse(String text) {
            return new Position(text.charAt(0) == 'p', Long.parseLong(text.substring(1)));
        }

        @Override
        public String toString() {
            return (isPast ? "p" : "n") + id;
        }
    }

    /** @param next null at the end */
    public record Past(List<PastAddress> items, Position next) {}

    private record Row(long id, PastAddress address) {}

    /**
     * Who was assigned what, at any moment from {@code from} to {@code to}.
     *
     * @param prefix what contains it or lies in it; null for any, likewise the others
     */
    public Past past(
            IpPrefix prefix,
            Long serviceId,
            Long subscriberId,
            Instant from,
            Instant to,
            Position position,
            int limit) {
        List<PastAddress> items = new ArrayList<>();
        if (!position.isPast()) {
            List<Row> now = now(prefix, serviceId, subscriberId, to, position.id(), limit);
            now.forEach(row -> items.add(row.address()));
            if (now.size() == limit) {
                return new Past(items, new Position(false, now.getLast().id()));
            }
        }
        long before = position.isPast() ? position.id() : Long.MAX_VALUE;
        int left = limit - items.size();
        List<Row> past = before(prefix, serviceId, subscriberId, from, to, before, left);
        past.forEach(row -> items.add(row.address()));
        return new Past(
                items,
                past.size() < left ? null : new Position(true, past.getLast().id()));
    }

    private List<Row> now(IpPrefix prefix, Long serviceId, Long subscriberId, Instant to, long after, int limit) {
        StringBuilder sql = new StringBuilder(NOW);
        List<Object> values = new ArrayList<>();
        and(sql, values, "p.prefix && ?::inet", prefix == null ? null : prefix.toString());
        and(sql, values, "p.service_id = ?", serviceId);
        and(sql, values, "s.subscriber_id = ?", subscriberId);
        and(sql, values, "p.assigned_at <= ?", AddressRows.timestamp(to));
        and(sql, values, "p.id > ?", after);
        values.add(limit);
        return jdbc.query(sql + " order by p.id limit ?", AddressSearch::row, values.toArray());
    }

    private List<Row> before(
            IpPrefix prefix, Long serviceId, Long subscriberId, Instant from, Instant to, long before, int limit) {
        StringBuilder sql = new StringBuilder(BEFORE);
        List<Object> values = new ArrayList<>();
        if (prefix != null) {
            sql.append(" and (h.prefix = any (containing(network(?::inet), 0))"
                    + " or h.prefix between network(?::inet) and address_last(network(?::inet)))");
            values.addAll(List.of(prefix.toString(), prefix.toString(), prefix.toString()));
        }
        and(sql, values, "h.service_id = ?", serviceId);
        and(sql, values, "h.subscriber_id = ?", subscriberId);
        and(sql, values, "h.released_at >= ?", AddressRows.timestamp(from));
        and(sql, values, "h.assigned_at <= ?", AddressRows.timestamp(to));
        and(sql, values, "h.id < ?", before);
        values.add(limit);
        return jdbc.query(sql + " order by h.id desc limit ?", AddressSearch::row, values.toArray());
    }

    private static void and(StringBuilder sql, List<Object> values, String condition, Object value) {
        if (value != null) {
            sql.append(" and ").append(condition);
            values.add(value);
        }
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        return new Row(
                row.getLong("id"),
                new PastAddress(
                        row.getString("prefix"),
                        row.getString("kind"),
                        row.getLong("service_id"),
                        row.getObject("subscriber_id", Long.class),
                        row.getString("holder"),
                        AddressRows.instant(row, "assigned_at"),
                        AddressRows.instant(row, "released_at")));
    }

    private static FoundAddress found(ResultSet row, int number) throws SQLException {
        return new FoundAddress(
                row.getLong("id"),
                row.getString("prefix"),
                row.getString("kind"),
                row.getObject("netmask_length", Integer.class),
                row.getString("pool"),
                row.getString("vrf"),
                row.getLong("service_id"),
                row.getLong("subscriber_id"),
                row.getString("external_id"),
                row.getString("tenant"),
                row.getString("user_name"),
                row.getObject("line_id", Long.class),
                row.getObject("s_vlan", Integer.class),
                row.getObject("c_vlan", Integer.class),
                AddressRows.instant(row, "assigned_at"));
    }
}
