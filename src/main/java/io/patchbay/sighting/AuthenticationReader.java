package io.patchbay.sighting;

import static io.patchbay.sighting.SightingReader.display;
import static io.patchbay.sighting.SightingReader.hex;
import static io.patchbay.sighting.SightingReader.octets;

import io.patchbay.wire.Octets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads the authentication log, the newest first. */
public final class AuthenticationReader {
    private final JdbcTemplate jdbc;

    public AuthenticationReader(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** @param limit how many at most */
    public List<LoggedAuthentication> find(AuthenticationFilter filter, int limit) {
        StringBuilder sql = new StringBuilder("select * from authentication where true");
        List<Object> values = new ArrayList<>();
        where(sql, values, "service_id in (select id from service where subscriber_id = ?)", filter.subscriberId());
        where(sql, values, "service_id = ?", filter.serviceId());
        where(sql, values, "user_name = ?", filter.userName());
        where(
                sql,
                values,
                "circuit_id = ?",
                filter.circuitId() == null ? null : filter.circuitId().toByteArray());
        where(sql, values, "nas_name = ?", filter.nas());
        where(sql, values, "outcome = ?", filter.outcome());
        where(sql, values, "reason = ?", filter.reason());
        if (filter.before() != null) {
            sql.append(" and (last_at, id) < (?, ?)");
            values.add(Timestamp.from(filter.before().lastSeen()));
            values.add(filter.before().id());
        }
        sql.append(" order by last_at desc, id desc limit ?");
        values.add(limit);
        return jdbc.query(sql.toString(), (row, number) -> attempt(row), values.toArray());
    }

    private static void where(StringBuilder sql, List<Object> values, String condition, Object value) {
        if (value != null) {
            sql.append(" and ").append(condition);
            values.add(value);
        }
    }

    private static LoggedAuthentication attempt(ResultSet row) throws SQLException {
        Octets circuitId = octets(row, "circuit_id");
        Octets remoteId = octets(row, "remote_id");
        return new LoggedAuthentication(
                row.getLong("id"),
                row.getTimestamp("last_at").toInstant(),
                row.getTimestamp("first_at").toInstant(),
                row.getLong("times"),
                row.getString("nas_name"),
                row.getObject("service_id", Long.class),
                row.getString("user_name"),
                row.getString("outcome"),
                row.getString("reason"),
                display(circuitId),
                hex(circuitId),
                display(remoteId),
                hex(remoteId),
                hex(octets(row, "mac")));
    }
}
