package io.patchbay.ledger;

import io.patchbay.event.Actor;
import io.patchbay.event.Difference;
import io.patchbay.event.EventLog;
import io.patchbay.event.EventType;
import io.patchbay.ledger.EditableRows.Column;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What is sold: made, read, changed, removed, each in one transaction with the event. Every service of the plan has a change at
 * once, and its live sessions by CoA.
 */
public final class PlanChanges {
    private static final List<String> WAN_KINDS = List.of("ipv6-wan-prefix", "ipv6-wan-address");
    private static final int SHORTEST_INTERIM = 60;

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final EventLog events;
    private final EditableRows rows;

    public PlanChanges(JdbcTemplate jdbc, TransactionTemplate transaction, EventLog events) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.events = events;
        this.rows = new EditableRows(
                jdbc,
                "plan",
                "plan",
                List.of(
                        Column.readOnly("tenant", "(select t.name from tenant t where t.id = tenant_id)"),
                        Column.text("name", "name"),
                        Column.number("rateDownKbps", "rate_down_kbps"),
                        Column.number("rateUpKbps", "rate_up_kbps"),
                        Column.text("qosProfile", "qos_profile"),
                        Column.number("sessionTimeoutSeconds", "session_timeout_s"),
                        Column.number("idleTimeoutSeconds", "idle_timeout_s"),
                        Column.number("interimIntervalSeconds", "interim_interval_s"),
                        Column.number("sessionLimit", "session_limit"),
                        Column.text("option82Policy", "option82_policy"),
                        Column.text("ipv4Pool", "ipv4_pool"),
                        Column.text("ipv6WanPool", "ipv6_wan_pool"),
                        Column.text("ipv6DelegatedPool", "ipv6_delegated_pool"),
                        Column.text("ipv6Mode", "ipv6_mode"),
                        Column.number("vlanPoolId", "vlan_pool_id"),
                        Column.number("ipv4AddressPoolId", "ipv4_address_pool_id"),
                        Column.number("ipv6WanPoolId", "ipv6_wan_pool_id"),
                        Column.number("ipv6DelegatedPoolId", "ipv6_delegated_pool_id")));
    }

    /** @param tenantId null for every tenant's; likewise {@code name} for any */
    public Page<CatalogueRow> list(Long tenantId, String name, long after, int limit) {
        return Page.of(
                rows.find(
                        "(?::bigint is null or tenant_id = ?) and (?::text is null or name = ?)",
                        after,
                        limit,
                        tenantId,
                        tenantId,
                        name,
                        name),
                limit,
                CatalogueRow::id);
    }

    /** @throws LedgerNotFound when there is none */
    public CatalogueRow get(long planId) {
        return rows.get(planId);
    }

    /**
     * @param said by the names of the API
     * @throws LedgerConflict when the tenant has a plan of this name
     * @throws LedgerInvalid when it cannot be
     */
    public CatalogueRow create(long tenantId, Map<String, Object> said, Actor actor) {
        return refusingTwins(
                said,
                () -> transaction.execute(status -> {
                    check(tenantId, said);
                    long id = rows.insert(said, Map.of("tenant_id", tenantId));
                    CatalogueRow made = rows.get(id);
                    events.append(actor, EventType.PLAN_CHANGED, id, Map.of(), made.told());
                    return made;
                }));
    }

    /**
     * Changes what is said and leaves the rest.
     *
     * @throws LedgerNotFound when there is no such plan
     * @throws LedgerConflict when the tenant has another plan of this name
     * @throws LedgerInvalid when it cannot be
     */
    public CatalogueRow change(long planId, Map<String, Object> said, Actor actor) {
        return refusingTwins(
                said,
                () -> transaction.execute(status -> {
                    CatalogueRow before = rows.lock(planId);
                    check(jdbc.queryForObject("select tenant_id from plan where id = ?", Long.class, planId), said);
                    Difference change = rows.update(before, said);
                    if (!change.isEmpty()) {
                        events.append(actor, EventType.PLAN_CHANGED, planId, change);
                    }
                    return rows.get(planId);
                }));
    }

    /** @throws LedgerConflict when services have it */
    public void remove(long planId, Actor actor) {
        transaction.executeWithoutResult(status -> {
            CatalogueRow before = rows.lock(planId);
            References.requireNone(
                    jdbc, "plan '" + before.text("name") + "'", "plan_id", planId, Map.of("service", "services"));
            rows.delete(planId);
            events.append(actor, EventType.PLAN_CHANGED, planId, before.told(), Map.of());
        });
    }

    /**
     * @param downKbps towards the subscriber, kbit/s; 0 for no limit, likewise up
     * @param qosProfile name of the profile on the NAS; null for none
     * @throws LedgerNotFound when there is no such plan
     * @throws LedgerInvalid when a rate is below 0
     */
    public void setRates(long planId, int downKbps, int upKbps, String qosProfile, Actor actor) {
        Map<String, Object> said = new HashMap<>();
        said.put("rateDownKbps", downKbps);
        said.put("rateUpKbps", upKbps);
        said.put("qosProfile", qosProfile);
        change(planId, said, actor);
    }

    private void check(long tenantId, Map<String, Object> said) {
        requireNotNegative(said, "rateDownKbps");
        requireNotNegative(said, "rateUpKbps");
        if (said.get("interimIntervalSeconds") instanceof Number seconds
                && seconds.longValue() != 0
                && seconds.longValue() < SHORTEST_INTERIM) {
            throw new LedgerInvalid("interimIntervalSeconds is 0, for none, or at least " + SHORTEST_INTERIM + ": not "
                    + seconds + ".");
        }
        requirePool(tenantId, said, "ipv4AddressPoolId", List.of("ipv4-address"));
        requirePool(tenantId, said, "ipv6WanPoolId", WAN_KINDS);
        requirePool(tenantId, said, "ipv6DelegatedPoolId", List.of("ipv6-delegated-prefix"));
        if (said.get("vlanPoolId") instanceof Number id
                && jdbc.queryForList(
                                "select id from vlan_pool where id = ? and (tenant_id is null or tenant_id = ?) for key share",
                                id.longValue(),
                                tenantId)
                        .isEmpty()) {
            throw new LedgerInvalid("vlanPoolId: there is no VLAN pool " + id + " for this tenant.");
        }
    }

    private static void requireNotNegative(Map<String, Object> said, String name) {
        if (said.get(name) instanceof Number rate && rate.longValue() < 0) {
            throw new LedgerInvalid(name + " is 0, for no limit, or more: not " + rate + " kbit/s.");
        }
    }

    private void requirePool(long tenantId, Map<String, Object> said, String name, List<String> kinds) {
        if (!(said.get(name) instanceof Number id)) {
            return;
        }
        List<String> kind = jdbc.queryForList(
                "select kind from address_pool where id = ? and (tenant_id is null or tenant_id = ?) for key share",
                String.class,
                id.longValue(),
                tenantId);
        if (kind.isEmpty()) {
            throw new LedgerInvalid(name + ": there is no address pool " + id + " for this tenant.");
        }
        if (!kinds.contains(kind.getFirst())) {
            throw new LedgerInvalid(name + ": the pool " + id + " is of the kind " + kind.getFirst() + ", not "
                    + String.join(" or ", kinds) + ".");
        }
    }

    private static CatalogueRow refusingTwins(Map<String, Object> said, Supplier<CatalogueRow> change) {
        try {
            return change.get();
        } catch (DuplicateKeyException twin) {
            throw new LedgerConflict("The tenant has a plan named '" + said.get("name") + "' already.");
        }
    }
}
