package io.patchbay.converge.netbox;

import io.patchbay.ledger.netbox.MirrorRepair;
import java.util.Collection;
import org.springframework.jdbc.core.JdbcTemplate;

/** Makes services due at NetBox without a change in the ledger: NetBox may have changed. */
final class MirrorDue implements MirrorRepair {
    /** The place in the log is that of what was read already: everybody's memory has got that far. */
    private static final String DUE = """
            insert into convergence as c (service_id, target, lane, changed_xid, changed_seq)
            select distinct wanted.service_id, 'netbox', 0, k.xid, k.seq
            from (%s) wanted (service_id)
            cross join (select xid, seq from convergence_cursor where name = 'netbox') k
            order by 1
            on conflict (service_id, target) do update
                set desired_version = c.desired_version + 1, state = 'pending', attempts = 0, due_at = now(), reason = null,
                    changed_at = now()""";

    private static final String MIRRORED = """
            select p.service_id from service_prefix p join address_pool a on a.id = p.pool_id where a.authority <> 'netbox'
            union
            select l.service_id from service_vlan l join vlan_pool a on a.id = l.pool_id where a.authority = 'local'
            union
            select c.service_id from convergence c where c.target = 'netbox' and c.state <> 'done'""";

    private final JdbcTemplate jdbc;
    private final Runnable wake;

    MirrorDue(JdbcTemplate jdbc, Runnable wake) {
        this.jdbc = jdbc;
        this.wake = wake;
    }

    @Override
    public int repair(Collection<Long> serviceIds) {
        int due = jdbc.update(DUE.formatted("select unnest(?)"), (Object) serviceIds.toArray(Long[]::new));
        wake.run();
        return due;
    }

    /** All that have something to be mirrored, or wait. @return how many */
    int all() {
        int due = jdbc.update(DUE.formatted(MIRRORED));
        wake.run();
        return due;
    }

    /** The log is followed from now on; what was there before is mirrored once. @return whether this was the first time */
    boolean begin() {
        boolean first = jdbc.update(
                        "insert into convergence_cursor values ('netbox', pg_snapshot_xmin(pg_current_snapshot()), 0)"
                                + " on conflict do nothing")
                > 0;
        if (first) {
            all();
        }
        return first;
    }
}
