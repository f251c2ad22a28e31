package io.patchbay.sighting;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchbay.sighting.SeenSighting.SeenMismatch;
import io.patchbay.wire.Octets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads the stored sightings, those last seen first. */
public final class SightingReader {
    private static final TypeReference<List<SeenMismatch>> MISMATCHES = new TypeReference<>() {};

    private final JdbcTemplate jdbc;
    private final ObjectMapper json;

    public SightingReader(JdbcTemplate jdbc, ObjectMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** @param limit how many at most */
    public List<SeenSighting> find(SightingFilter filter, int limit) {
        StringBuilder sql = new StringBuilder("select * from sighting where true");
        List<Object> values = new ArrayList<>();
        where(sql, values, "reason = ?", filter.reason());
        where(sql, values, "outcome = ?", filter.outcome());
        where(sql, values, "nas_name = ?", filter.nas());
        where(sql, values, "service_id = ?", filter.serviceId());
        where(sql, values, "user_name = ?", filter.userName());
        where(sql, values, "circuit_id = ?", bytes(filter.circuitId()));
        if (filter.before() != null) {
            where(
                    sql,
                    values,
                    "(last_seen, id) < (?, ?)",
                    Timestamp.from(filter.before().lastSeen()));
            values.add(filter.before().id());
        }
        sql.append(" order by last_seen desc, id desc limit ?");
        values.add(limit);
        return jdbc.query(sql.toString(), (row, number) -> sighting(row), values.toArray());
    }

    private static void where(StringBuilder sql, List<Object> values, String condition, Object value) {
        if (value != null) {
            sql.append(" and ").append(condition);
            values.add(value);
        }
    }

    private SeenSighting sighting(ResultSet row) throws SQLException {
        Octets circuitId = octets(row, "circuit_id");
        Octets remoteId = octets(row, "remote_id");
        return new SeenSighting(
                row.getLong("id"),
                row.getString("nas_name"),
                row.getObject("service_id", Long.class),
                row.getString("user_name"),
                row.getString("reason"),
                row.getString("outcome"),
                display(circuitId),
                hex(circuitId),
                display(remoteId),
                hex(remoteId),
                display(octets(row, "nas_port_id")),
                hex(octets(row, "mac")),
                row.getObject("nas_port", Long.class),
                row.getObject("s_vlan", Integer.class),
                row.getObject("c_vlan", Integer.class),
                mismatches(row.getString("mismatches")),
                row.getTimestamp("first_seen").toInstant(),
                row.getTimestamp("last_seen").toInstant(),
                row.getLong("times"));
    }

    private List<SeenMismatch> mismatches(String text) {
        try {
            return json.readValue(text, MISMATCHES);
        } catch (JsonProcessingException damaged) {
            throw new IllegalStateException("A sighting's mismatches cannot be read: " + text, damaged);
        }
    }

    static Octets octets(ResultSet row, String column) throws SQLException {
        byte[] bytes = row.getBytes(column);
        return bytes == null ? null : Octets.of(bytes);
    }

    private static byte[] bytes(Octets octets) {
        return octets == null ? null : octets.toByteArray();
    }

    static String display(Octets octets) {
        return octets == null ? null : octets.display();
    }

    static String hex(Octets octets) {
        return octets == null ? null : octets.hex();
    }
}
