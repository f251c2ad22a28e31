package io.patchbay.sighting;

import io.patchbay.ledger.workflow.UnknownLine;
import io.patchbay.ledger.workflow.UnknownLines;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Unknown lines out of the sightings: requests over a line that no service has, and of users whose service waits for its line.
 * Once somebody lives on a line of its first name, it is none any more.
 */
final class SightedUnknownLines implements UnknownLines {
    private static final String SELECT = """
            select s.*, n.tenant_id from sighting s left join nas_client n on n.id = s.nas_client_id
            where (s.reason = 'unknown-line' or exists (
                       select from service w where w.id = s.service_id and w.state = 'pending' and w.line_id is null))
              and coalesce(s.circuit_id, s.remote_id, s.nas_port_id, s.mac) is not null
              and not exists (
                  select from line_identifier i join access_node a on a.id = i.access_node_id
                  join service v on v.line_id = i.line_id
                  where v.state <> 'terminated' and (a.nas_client_id is null or a.nas_client_id = s.nas_client_id)
                    and i.value = coalesce(s.circuit_id, s.remote_id, s.nas_port_id, s.mac)
                    and i.kind = case when s.circuit_id is not null then 'circuit-id'
                                      when s.remote_id is not null then 'remote-id'
                                      when s.nas_port_id is not null then 'nas-port-id' else 'mac' end)
            """;

    private final JdbcTemplate jdbc;

    SightedUnknownLines(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<UnknownLine> recent(Instant before, long beforeId, int limit) {
        Timestamp moment = before == null ? null : Timestamp.from(before);
        return jdbc.query(
                SELECT + " and (?::timestamptz is null or (s.last_seen, s.id) < (?::timestamptz, ?))"
                        + " order by s.last_seen desc, s.id desc limit ?",
                (row, number) -> line(row),
                moment,
                moment,
                beforeId,
                limit);
    }

    @Override
    public Optional<UnknownLine> find(long sightingId) {
        return jdbc.query(SELECT + " and s.id = ?", (row, number) -> line(row), sightingId).stream()
                .findFirst();
    }

    private static UnknownLine line(ResultSet row) throws SQLException {
        return new UnknownLine(
                row.getLong("id"),
                row.getLong("nas_client_id"),
                row.getString("nas_name"),
                row.getObject("tenant_id", Long.class),
                row.getObject("service_id", Long.class),
                row.getString("user_name"),
                SightingReader.octets(row, "circuit_id"),
                SightingReader.octets(row, "remote_id"),
                SightingReader.octets(row, "nas_port_id"),
                SightingReader.octets(row, "mac"),
                row.getTimestamp("first_seen").toInstant(),
                row.getTimestamp("last_seen").toInstant(),
                row.getLong("times"));
    }
}
