package io.patchbay.converge.nas;

import io.patchbay.radius.coa.ErrorCause;
import io.patchbay.wire.Octets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** What was sent to NASes about sessions, the latest first, for the API. */
public final class CoaAuditReader {
    /** @param sessionId null for any; likewise the others */
    public record Filter(Long sessionId, Long serviceId, Long nasClientId) {}

    private final JdbcTemplate jdbc;

    public CoaAuditReader(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** @param before the id of the last row of the page before; Long.MAX_VALUE for the first page */
    public List<CoaAttemptView> read(Filter filter, long before, int limit) {
        StringBuilder sql = new StringBuilder("select * from coa_attempt where id < ?");
        List<Object> parameters = new ArrayList<>(List.of(before));
        and(sql, parameters, "session_id", filter.sessionId());
        and(sql, parameters, "service_id", filter.serviceId());
        and(sql, parameters, "nas_client_id", filter.nasClientId());
        parameters.add(limit);
        return jdbc.query(
                sql.append(" order by id desc limit ?").toString(), (row, number) -> view(row), parameters.toArray());
    }

    private static void and(StringBuilder sql, List<Object> parameters, String column, Long value) {
        if (value != null) {
            sql.append(" and ").append(column).append(" = ?");
            parameters.add(value);
        }
    }

    private static CoaAttemptView view(ResultSet row) throws SQLException {
        Integer errorCause = row.getObject("error_cause", Integer.class);
        return new CoaAttemptView(
                row.getLong("id"),
                row.getLong("session_id"),
                row.getLong("service_id"),
                row.getString("nas_name"),
                Octets.of(row.getBytes("acct_session_id")),
                row.getString("kind"),
                row.getString("actor"),
                row.getString("cause"),
                row.getInt("attempt"),
                row.getTimestamp("sent_at").toInstant(),
                row.getString("destination"),
                row.getString("outcome"),
                errorCause == null ? null : ErrorCause.text(errorCause),
                row.getString("reason"),
                row.getObject("round_trip_us", Long.class));
    }
}
