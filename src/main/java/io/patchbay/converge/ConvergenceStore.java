package io.patchbay.converge;

import io.patchbay.binding.FeedPosition;
import java.sql.Array;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/** The table convergence, as the worker uses it. */
final class ConvergenceStore {
    /**
     * Takes what is due, of each lane as much as it has room for and the longest due first, and leaves what others hold. The
     * lanes are found by jumping along the index, so that fifty thousand due services of one lane cost no more than one.
     */
    private static final String CLAIM = """
            with recursive lanes (lane) as (
                (select lane from convergence
                 where target = ? and state in ('pending', 'waiting') order by lane limit 1)
                union all
                select (select c.lane from convergence c
                        where c.target = ? and c.state in ('pending', 'waiting') and c.lane > lanes.lane
                        order by c.lane limit 1)
                from lanes where lanes.lane is not null
            ), due as (
                select work.service_id
                from lanes
                left join unnest(?, ?) as busy (lane, count) on busy.lane = lanes.lane
                cross join lateral (
                    select c.service_id, c.due_at from convergence c
                    where c.target = ? and c.lane = lanes.lane and c.state in ('pending', 'waiting')
                      and c.due_at <= now() and (c.leased_until is null or c.leased_until <= now())
                      and (c.changed_xid, c.changed_seq) <= (?::xid8, ?)
                      and not exists (select 1 from convergence earlier
                                      where earlier.service_id = c.service_id and earlier.target = any (?)
                                        and earlier.state <> 'done')
                    order by c.due_at limit greatest(0, ? - coalesce(busy.count, 0))
                    for update of c skip locked
                ) work
                where lanes.lane is not null
                order by work.due_at limit ?
            )
            update convergence c set leased_until = now() + ? * interval '1 millisecond'
            from due where c.service_id = due.service_id and c.target = ?
            returning c.service_id, c.lane, c.desired_version, c.attempts, c.leased_until
            """;

    private static final String FINISH = """
            update convergence set
                leased_until = null,
                applied_version = case when ? = 'done' then ? else applied_version end,
                state = case when desired_version = ? then ? else 'pending' end,
                attempts = case when desired_version = ? then ? else 0 end,
                due_at = case when desired_version = ? then now() + ? * interval '1 millisecond' else now() end,
                reason = ?
            where service_id = ? and target = ? and leased_until = ?
            """;

    private final JdbcTemplate jdbc;

    ConvergenceStore(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param busy how many of each lane are being worked on
     * @param read how far the bindings in memory are: what changed later is left alone
     */
    List<Claim> claim(
            String target,
            Set<String> after,
            Map<Long, Integer> busy,
            FeedPosition read,
            ConvergenceSettings settings,
            int limit) {
        return jdbc.execute((ConnectionCallback<List<Claim>>) connection -> {
            Array lanes = array(connection, "bigint", busy.keySet().toArray());
            Array counts = array(connection, "integer", busy.values().toArray());
            Array earlier = array(connection, "text", after.toArray());
            return jdbc.query(
                    CLAIM,
                    (row, number) -> new Claim(
                            row.getLong(1), row.getLong(2), row.getLong(3), row.getInt(4), row.getTimestamp(5)),
                    target,
                    target,
                    lanes,
                    counts,
                    target,
                    Long.toUnsignedString(read.xid()),
                    read.seq(),
                    earlier,
                    settings.perLane(),
                    limit,
                    settings.lease().toMillis(),
                    target);
        });
    }

    /** Writes down how it ended and gives the service free; a change that came meanwhile makes it due at once. */
    void finish(String target, Claim claim, String state, int attempts, Duration dueIn, String reason) {
        jdbc.update(
                FINISH,
                state,
                claim.version(),
                claim.version(),
                state,
                claim.version(),
                attempts,
                claim.version(),
                dueIn.toMillis(),
                reason,
                claim.serviceId(),
                target,
                claim.leasedUntil());
    }

    /** False when there is nothing to retry. */
    boolean retry(String target, long serviceId) {
        return jdbc.update(
                        "update convergence set state = 'pending', attempts = 0, due_at = now()"
                                + " where service_id = ? and target = ? and state in ('failed', 'waiting')",
                        serviceId,
                        target)
                > 0;
    }

    /** A database that was restored into another server begins to count its transactions anew: so do the cursors. */
    boolean turnBackCursors() {
        return jdbc.update("update convergence_cursor set xid = pg_snapshot_xmin(pg_current_snapshot()), seq = 0"
                        + " where xid > pg_snapshot_xmin(pg_current_snapshot())")
                > 0;
    }

    private static Array array(Connection connection, String type, Object[] values) throws java.sql.SQLException {
        return connection.createArrayOf(type, values);
    }
}
