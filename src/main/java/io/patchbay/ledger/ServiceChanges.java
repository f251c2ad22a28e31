package io.patchbay.ledger;

import io.patchbay.event.EventLog;
import io.patchbay.event.EventType;
import java.sql.Timestamp;
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

    public void setState(long serviceId, ServiceState state, String actor) {
        change(serviceId, "state", Words.of(state), actor, "update service set state = ? where id = ?");
    }

    /** @param planName of the service's own tenant; @throws LedgerInvalid when that has no such plan */
    public void changePlan(long serviceId, String planName, String actor) {
        transaction.executeWithoutResult(status -> {
            lock(serviceId);
            List<Long> plan = jdbc.queryForList(
                    "select p.id from plan p join service s on s.tenant_id = p.tenant_id where s.id = ? and p.name = ?",
                    Long.class,
                    serviceId,
                    planName);
            if (plan.isEmpty()) {
                throw new LedgerInvalid("'" + planName + "' is no plan of the service's tenant.");
            }
            jdbc.update("update service set plan_id = ? where id = ?", plan.getFirst(), serviceId);
            events.append(actor, EventType.SERVICE_CHANGED, serviceId, Map.of("plan", planName));
        });
    }

    /** @param expiresAt null when it does not expire */
    public void setExpiry(long serviceId, Instant expiresAt, String actor) {
        transaction.executeWithoutResult(status -> {
            lock(serviceId);
            Timestamp moment = expiresAt == null ? null : Timestamp.from(expiresAt);
            jdbc.update("update service set expires_at = ? where id = ?", moment, serviceId);
            events.append(actor, EventType.SERVICE_CHANGED, serviceId, Map.of("expires_at", String.valueOf(expiresAt)));
        });
    }

    /** @param policy null when plan and NAS decide */
    public void setOption82Policy(long serviceId, Option82Policy policy, String actor) {
        change(
                serviceId,
                "option82_policy",
                Words.of(policy),
                actor,
                "update service set option82_policy = ? where id = ?");
    }

    /**
     * Moves the service to another line, where others may live already.
     *
     * @throws LedgerInvalid when there is no such line
     */
    public void moveLine(long serviceId, long lineId, String actor) {
        transaction.executeWithoutResult(status -> {
            lock(serviceId);
            if (jdbc.queryForList("select id from access_line where id = ? for share", lineId)
                    .isEmpty()) {
                throw new LedgerInvalid("There is no line " + lineId + ".");
            }
            jdbc.update("update service set line_id = ? where id = ?", lineId, serviceId);
            events.append(actor, EventType.SERVICE_CHANGED, serviceId, Map.of("line_id", lineId));
        });
    }

    /** Removes the service and what was assigned to it; its subscriber and its line stay. */
    public void remove(long serviceId, String actor) {
        transaction.executeWithoutResult(status -> {
            lock(serviceId);
            String holder = jdbc.queryForObject("select service_holder(?)", String.class, serviceId);
            List<String> prefixes = jdbc.queryForList(
                    "select text(prefix) from service_prefix where service_id = ? order by prefix",
                    String.class,
                    serviceId);
            jdbc.update("delete from service where id = ?", serviceId);
            events.append(actor, EventType.SERVICE_REMOVED, serviceId, Map.of("holder", holder, "prefixes", prefixes));
        });
    }

    private void change(long serviceId, String what, String word, String actor, String sql) {
        transaction.executeWithoutResult(status -> {
            lock(serviceId);
            jdbc.update(sql, word, serviceId);
            events.append(actor, EventType.SERVICE_CHANGED, serviceId, Map.of(what, String.valueOf(word)));
        });
    }

    private void lock(long serviceId) {
        if (jdbc.queryForList("select id from service where id = ? for update", serviceId)
                .isEmpty()) {
            throw new LedgerNotFound("There is no service " + serviceId + ".");
        }
    }
}
