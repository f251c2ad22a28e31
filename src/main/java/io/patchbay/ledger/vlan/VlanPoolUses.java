package io.patchbay.ledger.vlan;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * How full VLAN pools are, and when each will be: counted anew each time, so that no counter can go wrong.
 *
 * <p>The forecast is free divided by the faster one of two paces, that of the last hour and that of the last day. A pace is how
 * many more are bound now than were then, by the seconds since: the bindings and the history tell, also after a restart.
 */
public final class VlanPoolUses {
    private static final String USE = """
            select p.id, p.name,
                   (select coalesce(sum((s_last - s_first + 1)::bigint * (c_last - c_first + 1) * coalesce(p.lines_a_vlan, 1)), 0)
                    from vlan_range r where r.pool_id = p.id) as total,
                   (select count(*) from service_vlan v where v.pool_id = p.id) as bound,
                   case p.model
                       when 'shared' then (select coalesce(sum(room), 0) from vlan_use u where u.pool_id = p.id and room > 0)
                       else (select coalesce(sum(c_last - c_first + 1), 0) from vlan_free f where f.pool_id = p.id)
                   end as free,
                   (select count(*) from service_vlan v where v.pool_id = p.id and v.assigned_at > now() - interval '1 hour')
                   - (select count(*) from vlan_history h where h.pool_id = p.id and h.released_at > now() - interval '1 hour'
                      and h.assigned_at <= now() - interval '1 hour') as net_hour,
                   (select count(*) from service_vlan v where v.pool_id = p.id and v.assigned_at > now() - interval '1 day')
                   - (select count(*) from vlan_history h where h.pool_id = p.id and h.released_at > now() - interval '1 day'
                      and h.assigned_at <= now() - interval '1 day') as net_day
            from vlan_pool p""";

    private final JdbcTemplate jdbc;

    public VlanPoolUses(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    public List<VlanPoolUse> all() {
        return jdbc.query(USE + " order by p.name", VlanPoolUses::use);
    }

    public Optional<VlanPoolUse> find(long poolId) {
        return VlanRows.one(jdbc.query(USE + " where p.id = ?", VlanPoolUses::use, poolId));
    }

    /** @param netOfHour how many more are bound than were an hour ago; likewise the day */
    static Duration untilExhausted(long free, long netOfHour, long netOfDay) {
        if (free == 0) {
            return Duration.ZERO;
        }
        double pace = Math.max(
                (double) netOfHour / Duration.ofHours(1).toSeconds(),
                (double) netOfDay / Duration.ofDays(1).toSeconds());
        return pace <= 0 ? null : Duration.ofSeconds((long) Math.ceil(free / pace));
    }

    private static VlanPoolUse use(ResultSet row, int number) throws SQLException {
        long total = row.getLong("total");
        long bound = row.getLong("bound");
        long free = row.getLong("free");
        return new VlanPoolUse(
                row.getLong("id"),
                row.getString("name"),
                total,
                bound,
                free,
                total - bound - free,
                untilExhausted(free, row.getLong("net_hour"), row.getLong("net_day")));
    }
}
