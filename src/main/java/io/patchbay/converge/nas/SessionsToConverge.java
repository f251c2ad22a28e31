package io.patchbay.converge.nas;

import io.patchbay.ledger.ipv6.Projections;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Whether the NASes have been told of all that changed of a service, also whoever logged in just before a change and whose Start
 * came just after it (sql/converge-nas-follow-late.sql).
 */
final class SessionsToConverge implements Projections {
    private static final String UNTOLD = """
            select f.id, 'Sessions that are still to start with what it had are waited for.' as sentence
            from unnest(?) as f (id)
            where exists (select from convergence_cursor c join event e on e.service_id = f.id
                          where c.name in ('nas', 'nas-late') and e.type in ('service-changed', 'service-removed')
                            and (e.xid, e.seq) > (c.xid, c.seq))
            union all
            select c.service_id,
                   case c.state when 'failed' then 'Its session could not be changed: ' else 'Its sessions are being changed: ' end
                       || coalesce(c.reason, 'it is their turn soon.')
            from convergence c
            where c.service_id = any (?) and c.target = 'nas'
              and (c.state in ('pending', 'waiting')
                   -- A session that began since was given what the service is now.
                   or c.state = 'failed' and exists (select from session s where s.service_id = c.service_id
                       and s.archived_on = 'infinity' and s.ended_at is null and s.started_at < c.changed_at))
            """;

    private final JdbcTemplate jdbc;

    SessionsToConverge(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Map<Long, List<String>> holders(Collection<Former> former) {
        record Of(long serviceId, String sentence) {}
        Long[] services = former.stream().map(Former::serviceId).toArray(Long[]::new);
        return jdbc
                .query(
                        UNTOLD,
                        statement -> {
                            var ids = statement.getConnection().createArrayOf("bigint", services);
                            statement.setArray(1, ids);
                            statement.setArray(2, ids);
                        },
                        (row, number) -> new Of(row.getLong(1), row.getString(2)))
                .stream()
                .collect(Collectors.groupingBy(Of::serviceId, Collectors.mapping(Of::sentence, Collectors.toList())));
    }
}
