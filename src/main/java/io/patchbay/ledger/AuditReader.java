package io.patchbay.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** The event log as an operator reads it: who changed what, why, from what and to what; the newest first. */
public final class AuditReader {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JdbcTemplate jdbc;

    public AuditReader(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Nulls select nothing out.
     *
     * @param type a word of {@link io.patchbay.event.EventType}
     * @param subjectId what an event that is no service's tells of; its type says what that is
     * @param from not before; {@code to} is not included
     */
    public record Filter(String actor, String type, Long serviceId, Long subjectId, Instant from, Instant to) {
        public static Filter ofService(long serviceId) {
            return new Filter(null, null, serviceId, null, null, null);
        }
    }

    /**
     * @param id grows, but is not in the order of the commits
     * @param before what was; null when nothing is told; likewise {@code after}
     * @param detail whatever else is told; null for nothing
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Entry(
            long id,
            Instant at,
            String actor,
            String reason,
            String type,
            Long serviceId,
            Long subjectId,
            JsonNode before,
            JsonNode after,
            JsonNode detail) {}

    /**
     * @param before only events with a smaller id: the last of the page before
     * @param limit at least 1
     */
    public List<Entry> find(Filter filter, long before, int limit) {
        StringBuilder condition = new StringBuilder("seq < ?");
        List<Object> values = new ArrayList<>(List.of(before));
        add(condition, values, "actor = ?", filter.actor());
        add(condition, values, "type = ?", filter.type());
        add(condition, values, "service_id = ?", filter.serviceId());
        add(condition, values, "subject_id = ?", filter.subjectId());
        add(
                condition,
                values,
                "at >= ?::timestamptz",
                filter.from() == null ? null : filter.from().toString());
        add(
                condition,
                values,
                "at < ?::timestamptz",
                filter.to() == null ? null : filter.to().toString());
        values.add(limit);
        return jdbc.query(
                "select * from event where " + condition + " order by seq desc limit ?",
                (row, number) -> entry(row),
                values.toArray());
    }

    private static void add(StringBuilder condition, List<Object> values, String part, Object value) {
        if (value != null) {
            condition.append(" and ").append(part);
            values.add(value);
        }
    }

    private static Entry entry(ResultSet row) throws SQLException {
        JsonNode detail = json(row.getString("detail"));
        boolean isDifference = detail.has("before") || detail.has("after");
        return new Entry(
                row.getLong("seq"),
                instant(row.getTimestamp("at")),
                row.getString("actor"),
                row.getString("reason"),
                row.getString("type"),
                row.getObject("service_id", Long.class),
                row.getObject("subject_id", Long.class),
                detail.get("before"),
                detail.get("after"),
                isDifference || detail.isEmpty() ? null : detail);
    }

    private static Instant instant(Timestamp at) {
        return at.toInstant();
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException ofTheDatabase) {
            throw new IllegalStateException(ofTheDatabase);
        }
    }
}
