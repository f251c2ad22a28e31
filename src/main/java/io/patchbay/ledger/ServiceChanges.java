package io.patchbay.ledger;

import io.patchbay.event.Actor;
import io.patchbay.event.Difference;
import io.patchbay.event.EventLog;
import io.patchbay.event.EventType;
import io.patchbay.ledger.EditableRows.Column;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Changes to one service, each in one transaction with its event. All of them but the making throw {@link LedgerNotFound} when
 * there is no such service.
 */
public final class ServiceChanges {
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final EventLog events;
    private final EditableRows rows;

    public ServiceChanges(JdbcTemplate jdbc, TransactionTemplate transaction, EventLog events) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.events = events;
        this.rows = new EditableRows(
                jdbc,
                "service",
                "service",
                List.of(
                        Column.text("kind", "kind"),
                        Column.text("state", "state"),
                        new Column("plan", "(select p.name from plan p where p.id = plan_id)", "plan_id", "?::bigint"),
                        Column.number("lineId", "line_id"),
                        Column.moment("expiresAt", "expires_at"),
                        Column.text("option82Policy", "option82_policy"),
                        Column.number("sessionTimeoutSeconds", "session_timeout_s"),
                        Column.text("cpeId", "cpe_id"),
                        Column.text("ipv6Mode", "ipv6_mode")));
    }

    /**
     * A new service of a subscriber, without credential.
     *
     * @param said kind, state, plan (its name), lineId (where others may live already), expiresAt (RFC 3339), option82Policy,
     *     sessionTimeoutSeconds, cpeId, ipv6Mode; what is not said is as an import leaves it
     * @return its id
     * @throws LedgerNotFound when there is no such subscriber
     * @throws LedgerInvalid when its tenant has no such plan, or there is no such line
     */
    public long create(long subscriberId, Map<String, Object> said, Actor actor) {
        return transaction.execute(status -> {
            long tenantId = jdbc
                    .queryForList(
                            "select tenant_id from subscriber where id = ? for key share", Long.class, subscriberId)
                    .stream()
                    .findFirst()
                    .orElseThrow(() -> new LedgerNotFound("There is no subscriber " + subscriberId + "."));
            Map<String, Object> values = resolved(tenantId, said);
            values.computeIfAbsent("plan", name -> plan(tenantId, "default"));
            long id = rows.insert(values, Map.of("subscriber_id", subscriberId, "tenant_id", tenantId));
            Map<String, Object> told = rows.get(id).told();
            told.put("subscriberId", subscriberId);
            events.append(actor, EventType.SERVICE_CREATED, id, Map.of(), told);
            return id;
        });
    }

    /**
     * Changes what is said and leaves the rest.
     *
     * @param said as for {@link #create}; a null takes away what may be absent
     * @throws LedgerInvalid when its tenant has no such plan, or there is no such line
     */
    public void change(long serviceId, Map<String, Object> said, Actor actor) {
        transaction.executeWithoutResult(status -> {
            CatalogueRow before = rows.lock(serviceId);
            long tenantId = jdbc.queryForObject("select tenant_id from service where id = ?", Long.class, serviceId);
            Difference change = rows.update(before, resolved(tenantId, said));
            if (!change.isEmpty()) {
                events.append(actor, EventType.SERVICE_CHANGED, serviceId, change);
            }
        });
    }

    public void setState(long serviceId, ServiceState state, Actor actor) {
        change(serviceId, Map.of("state", Words.of(state)), actor);
    }

    /** @param planName of the service's own tenant; @throws LedgerInvalid when that has no such plan */
    public void changePlan(long serviceId, String planName, Actor actor) {
        change(serviceId, Map.of("plan", planName), actor);
    }

    /** @param expiresAt null when it does not expire */
    public void setExpiry(long serviceId, Instant expiresAt, Actor actor) {
        change(
                serviceId,
                Collections.singletonMap("expiresAt", expiresAt == null ? null : expiresAt.toString()),
                actor);
    }

    /** @param policy null when plan and NAS decide */
    public void setOption82Policy(long serviceId, Option82Policy policy, Actor actor) {
        change(serviceId, Collections.singletonMap("option82Policy", Words.of(policy)), actor);
    }

    /**
     * Moves the service to another line, where others may live already.
     *
     * @throws LedgerInvalid when there is no such line
     */
    public void moveLine(long serviceId, long lineId, Actor actor) {
        change(serviceId, Map.of("lineId", lineId), actor);
    }

    /** Removes the service and what was assigned to it; its subscriber and its line stay. */
    public void remove(long serviceId, Actor actor) {
        transaction.executeWithoutResult(status -> {
            Map<String, Object> told = rows.lock(serviceId).told();
            String holder = jdbc.queryForObject("select service_holder(?)", String.class, serviceId);
            List<String> prefixes = jdbc.queryForList(
                    "select text(prefix) from service_prefix where service_id = ? order by prefix",
                    String.class,
                    serviceId);
            told.put("holder", holder);
            told.put("prefixes", prefixes);
            jdbc.update("delete from service where id = ?", serviceId);
            events.append(
                    actor,
                    EventType.SERVICE_REMOVED,
                    serviceId,
                    Map.of("before", told, "after", Map.of(), "holder", holder, "prefixes", prefixes));
        });
    }

    /** Names looked up: a plan of the tenant, a line. */
    private Map<String, Object> resolved(long tenantId, Map<String, Object> said) {
        Map<String, Object> values = new HashMap<>(said);
        values.computeIfPresent("plan", (name, plan) -> plan(tenantId, (String) plan));
        if (said.get("lineId") instanceof Number line
                && jdbc.queryForList("select id from access_line where id = ? for key share", line.longValue())
                        .isEmpty()) {
            throw new LedgerInvalid("There is no line " + line + ".");
        }
        return values;
    }

    private long plan(long tenantId, String name) {
        return jdbc
                .queryForList(
                        "select id from plan where tenant_id = ? and name = ? for key share",
                        Long.class,
                        tenantId,
                        name)
                .stream()
                .findFirst()
                .orElseThrow(() -> new LedgerInvalid("'" + name + "' is no plan of the service's tenant."));
    }
}
