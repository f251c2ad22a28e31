package io.patchbay.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Appends to the event log, always in the caller's transaction: what is rolled back leaves no event, what is committed leaves
 * one. The change feed is woken at the commit (PostgreSQL sends equal notifications of one transaction once).
 */
public final class EventLog {
    /** The channel on which PostgreSQL tells that there is something new in the log. */
    public static final String CHANNEL = "patchbay_change";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JdbcTemplate jdbc;

    public EventLog(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Tells what was and what is: only what changed, by the names of the API, no secret. The audit shows it.
     *
     * @param id the service of a service's event, the line, plan, NAS, access node or tenant of the others
     * @param before empty when it was created
     * @param after empty when it was removed
     * @throws IllegalStateException outside a transaction
     */
    public void append(Actor actor, EventType type, long id, Map<String, ?> before, Map<String, ?> after) {
        append(actor, type, id, Map.of("before", before, "after", after));
    }

    public void append(Actor actor, EventType type, long id, Difference change) {
        append(actor, type, id, change.before(), change.after());
    }

    /** Likewise, with whatever else there is to tell. */
    public void append(Actor actor, EventType type, long id, Map<String, ?> detail) {
        insert(
                "(actor, reason, type, service_id, subject_id, detail)",
                "values (?, ?, ?, ?::bigint, ?::bigint, ?::jsonb)",
                actor.name(),
                actor.reason(),
                type.word(),
                type.isOfService() ? id : null,
                type.isOfService() ? null : id,
                json(detail));
    }

    /**
     * Appends one event for each id that a query yields, in one statement.
     *
     * @param idQuery SQL of the caller's own whose only column is named {@code id}
     */
    public void appendEach(Actor actor, EventType type, String idQuery) {
        insert(
                "(actor, reason, type, service_id, subject_id, detail)",
                "select ?, ?, ?, " + (type.isOfService() ? "id, null::bigint" : "null::bigint, id")
                        + ", '{}'::jsonb from (" + idQuery + ") changed",
                actor.name(),
                actor.reason(),
                type.word());
    }

    private void insert(String columns, String rows, Object... parameters) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("An event is appended in the transaction that causes it; there is none.");
        }
        jdbc.query(
                "with appended as (insert into event " + columns + " " + rows + ") select pg_notify('" + CHANNEL
                        + "', '')",
                row -> {},
                parameters);
    }

    private static String json(Map<String, ?> detail) {
        try {
            return JSON.writeValueAsString(detail);
        } catch (JsonProcessingException notPlain) {
            throw new IllegalArgumentException("An event's detail holds plain values only", notPlain);
        }
    }
}
