package io.patchbay.ledger;

import io.patchbay.event.Actor;
import io.patchbay.event.Difference;
import io.patchbay.event.EventLog;
import io.patchbay.event.EventType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Changes to one service, each in one transaction with its event. All of them throw {@link LedgerNotFound} when there is no
 * such service.
 */
public final class ServiceChanges {
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final EventLog events;

    public ServiceChanges(JdbcTemplate jdbc, TransactionTemplate transaction, EventLog events) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.events = events;
    }

    public void setState(long serviceId, ServiceState state, Actor actor) {
        set(serviceId, "state", "state", "?", Words.of(state), actor);
    }

    /** @param planName of the service's own tenant; @throws LedgerInvalid when that has no such plan */
    public void changePlan(long serviceId, String planName, Actor actor) {
        transaction.executeWithoutResult(status -> {
            String before = read(serviceId, "(select name from plan where id = plan_id)");
            List<Long> plan = jdbc.queryForList(
                    "select p.id from plan p join service s on s.tenant_id = p.tenant_id where s.id = ? and p.name = ?",
                    Long.class,
                    serviceId,
                    planName);
            if (plan.isEmpty()) {
                throw new LedgerInvalid("'" + planName + "' is no plan of the service's tenant.");
            }
            jdbc.update("update service set plan_id = ? where id = ?", plan.getFirst(), serviceId);
            events.append(actor, EventType.SERVICE_CHANGED, serviceId, Difference.of("plan", before, planName));
        });
    }

    /** @param expiresAt null when it does not expire */
    public void setExpiry(long serviceId, Instant expiresAt, Actor actor) {
        set(
                serviceId,
                "expiresAt",
                "to_char(expires_at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')",
                "expires_at",
                "?::timestamptz",
                expiresAt == null ? null : expiresAt.toString(),
                actor);
    }

    /** @param policy null when plan and NAS decide */
    public void setOption82Policy(long serviceId, Option82Policy policy, Actor actor) {
        set(serviceId, "option82Policy", "option82_policy", "?", Words.of(policy), actor);
    }

    /**
     * Moves the service to another line, where others may live already.
     *
     * @throws LedgerInvalid when there is no such line
     */
    public void moveLine(long serviceId, long lineId, Actor actor) {
        transaction.executeWithoutResult(status -> {
            String before = read(serviceId, "line_id");
            if (jdbc.queryForList("select id from access_line where id = ? for share", lineId)
                    .isEmpty()) {
                throw new LedgerInvalid("There is no line " + lineId + ".");
            }
            jdbc.update("update service set line_id = ? where id = ?", lineId, serviceId);
            events.append(
                    actor,
                    EventType.SERVICE_CHANGED,
                    serviceId,
                    Difference.of("lineId", before == null ? null : Long.valueOf(before), lineId));
        });
    }

    /** Removes the service and what was assigned to it; its subscriber and its line stay. */
    public void remove(long serviceId, Actor actor) {
        transaction.executeWithoutResult(status -> {
            String state = read(serviceId, "state");
            String holder = jdbc.queryForObject("select service_holder(?)", String.class, serviceId);
            List<String> prefixes = jdbc.queryForList(
                    "select text(prefix) from service_prefix where service_id = ? order by prefix",
                    String.class,
                    serviceId);
            jdbc.update("delete from service where id = ?", serviceId);
            events.append(
                    actor,
                    EventType.SERVICE_REMOVED,
                    serviceId,
                    Map.of(
                            "before",
                            Map.of("state", state, "holder", holder, "prefixes", prefixes),
                            "after",
                            Map.of(),
                            "holder",
                            holder,
                            "prefixes",
                            prefixes));
        });
    }

    private void set(long serviceId, String name, String column, String sqlValue, String value, Actor actor) {
        set(serviceId, name, column, column, sqlValue, value, actor);
    }

    private void set(
            long serviceId, String name, String shownAs, String column, String sqlValue, String value, Actor actor) {
        transaction.executeWithoutResult(status -> {
            String before = read(serviceId, shownAs);
            jdbc.update("update service set " + column + " = " + sqlValue + " where id = ?", value, serviceId);
            events.append(actor, EventType.SERVICE_CHANGED, serviceId, Difference.of(name, before, value));
        });
    }

    /** Locks the service, and reads one column of it as text. */
    private String read(long serviceId, String column) {
        List<String> row = jdbc.query(
                "select " + column + " from service where id = ? for update",
                (found, number) -> found.getString(1),
                serviceId);
        if (row.isEmpty()) {
            throw new LedgerNotFound("There is no service " + serviceId + ".");
        }
        return row.getFirst();
    }
}
