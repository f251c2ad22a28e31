package io.patchbay.ledger.vlan;

import io.patchbay.event.Actor;
import io.patchbay.event.Difference;
import io.patchbay.event.EventLog;
import io.patchbay.event.EventType;
import io.patchbay.ledger.LedgerConflict;
import io.patchbay.ledger.LedgerInvalid;
import io.patchbay.ledger.LedgerNotFound;
import io.patchbay.ledger.Words;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * VLAN pools and their ranges, each change in one transaction with its event. What somebody is bound to never leaves its pool.
 *
 * <p>What changes one pool throws {@link LedgerNotFound} when there is no such pool.
 */
public final class VlanPools {
    private final JdbcTemplate jdbc;
    private final VlanTransactions transactions;
    private final EventLog events;

    public VlanPools(JdbcTemplate jdbc, TransactionTemplate transaction, EventLog events) {
        this.jdbc = jdbc;
        this.transactions = new VlanTransactions(transaction);
        this.events = events;
    }

    /** By name. */
    public List<VlanPool> all() {
        return jdbc.query(VlanRows.POOL + " order by name", VlanRows::pool);
    }

    public Optional<VlanPool> find(long id) {
        return VlanRows.one(jdbc.query(VlanRows.POOL + " where id = ?", VlanRows::pool, id));
    }

    /**
     * @param wanted its id counts for nothing
     * @throws LedgerConflict when there is one of this name
     * @throws LedgerInvalid when it contradicts itself
     */
    public VlanPool create(VlanPool wanted, Actor actor) {
        requireSense(wanted);
        return transactions.run(() -> {
            VlanRows.requireDomain(jdbc, wanted.domainId());
            long id = jdbc.queryForObject(
                    "insert into vlan_pool (name, tenant_id, vlan_domain_id, model, lines_a_vlan, authority,"
                            + " netbox_group_id) values (?, ?, ?, ?, ?, ?, ?) returning id",
                    Long.class,
                    wanted.name(),
                    wanted.tenantId(),
                    wanted.domainId(),
                    Words.of(wanted.model()),
                    wanted.linesPerVlan(),
                    Words.of(wanted.authority()),
                    wanted.netboxGroupId());
            events.append(actor, EventType.VLAN_POOL_CHANGED, id, Map.of(), detail(wanted));
            return find(id).orElseThrow();
        });
    }

    /**
     * Changes name, tenant, lines per VLAN, authority and VLAN group; domain and model stay.
     *
     * @throws LedgerConflict when there is another one of this name, or more lines live in one of its S-VLANs already
     * @throws LedgerInvalid when it contradicts itself, or a service of another tenant is in it
     */
    public VlanPool change(long id, UnaryOperator<VlanPool> change, Actor actor) {
        return transactions.run(() -> {
            VlanPool before = VlanRows.poolToChange(jdbc, id);
            VlanPool after = change.apply(before);
            requireSense(after);
            Difference difference = Difference.between(detail(before), detail(after));
            if (!difference.isEmpty()) {
                jdbc.update(
                        "update vlan_pool set name = ?, tenant_id = ?, lines_a_vlan = ?, authority = ?, netbox_group_id = ?"
                                + " where id = ?",
                        after.name(),
                        after.tenantId(),
                        after.linesPerVlan(),
                        Words.of(after.authority()),
                        after.netboxGroupId(),
                        id);
                events.append(actor, EventType.VLAN_POOL_CHANGED, id, difference);
            }
            return after;
        });
    }

    /**
     * Removes the pool and its ranges.
     *
     * @throws LedgerConflict naming who is bound in it, or the plan that takes from it
     */
    public void delete(long id, Actor actor) {
        transactions.run(() -> {
            VlanPool before = VlanRows.poolToChange(jdbc, id);
            VlanRows.one(jdbc.queryForList("select name from plan where vlan_pool_id = ? limit 1", String.class, id))
                    .ifPresent(plan -> {
                        throw new LedgerConflict("The plan '" + plan + "' takes VLANs from the pool.");
                    });
            jdbc.update("delete from vlan_range where pool_id = ?", id);
            jdbc.update("delete from vlan_pool where id = ?", id);
            events.append(actor, EventType.VLAN_POOL_CHANGED, id, detail(before), Map.of());
            return null;
        });
    }

    public List<VlanRange> ranges(long poolId) {
        return jdbc.query(VlanRows.RANGE + " where pool_id = ? order by s_first, c_first", VlanRows::range, poolId);
    }

    /**
     * Adds S-VLANs, or pairs, to the pool; who is bound in there already is in the pool from now on.
     *
     * @throws LedgerConflict naming the pool that has some of it, or who lives in there in the other model
     * @throws LedgerInvalid when the pool's model has no such range
     */
    public VlanRange addRange(long poolId, VlanSpan span, Actor actor) {
        return transactions.run(() -> {
            VlanPool pool = VlanRows.poolToChange(jdbc, poolId);
            requireFits(pool, span);
            requireNobodyElses(pool, span, 0);
            long id = jdbc.queryForObject(
                    "insert into vlan_range (pool_id, vlan_domain_id, model, s_first, s_last, c_first, c_last)"
                            + " values (?, ?, ?, ?, ?, ?, ?) returning id",
                    Long.class,
                    poolId,
                    pool.domainId(),
                    Words.of(pool.model()),
                    span.sFirst(),
                    span.sLast(),
                    span.cFirst(),
                    span.cLast());
            events.append(actor, EventType.VLAN_POOL_CHANGED, poolId, Map.of(), Map.of("range", detail(id, span)));
            return new VlanRange(id, poolId, span);
        });
    }

    /**
     * Makes the range larger or smaller.
     *
     * @throws LedgerNotFound when there is no such range
     * @throws LedgerConflict naming who is bound to what would be lost; otherwise as {@link #addRange}
     */
    public VlanRange changeRange(long rangeId, VlanSpan span, Actor actor) {
        return transactions.run(() -> {
            VlanRange before = rangeToChange(rangeId);
            VlanPool pool = VlanRows.poolToChange(jdbc, before.poolId());
            requireFits(pool, span);
            requireNobodyElses(pool, span, rangeId);
            jdbc.update(
                    "update vlan_range set s_first = ?, s_last = ?, c_first = ?, c_last = ? where id = ?",
                    span.sFirst(),
                    span.sLast(),
                    span.cFirst(),
                    span.cLast(),
                    rangeId);
            events.append(
                    actor,
                    EventType.VLAN_POOL_CHANGED,
                    before.poolId(),
                    Map.of("range", detail(rangeId, before.span())),
                    Map.of("range", detail(rangeId, span)));
            return new VlanRange(rangeId, before.poolId(), span);
        });
    }

    /**
     * @throws LedgerNotFound when there is no such range
     * @throws LedgerConflict naming who is bound in it
     */
    public void removeRange(long rangeId, Actor actor) {
        transactions.run(() -> {
            VlanRange before = rangeToChange(rangeId);
            VlanRows.poolToChange(jdbc, before.poolId());
            jdbc.update("delete from vlan_range where id = ?", rangeId);
            events.append(
                    actor,
                    EventType.VLAN_POOL_CHANGED,
                    before.poolId(),
                    Map.of("range", detail(rangeId, before.span())),
                    Map.of());
            return null;
        });
    }

    private VlanRange rangeToChange(long rangeId) {
        return VlanRows.one(jdbc.query(VlanRows.RANGE + " where id = ?", VlanRows::range, rangeId))
                .orElseThrow(() -> new LedgerNotFound("There is no VLAN range " + rangeId + "."));
    }

    private void requireNobodyElses(VlanPool pool, VlanSpan span, long exceptRange) {
        VlanRows.one(jdbc.queryForList(
                        "select 'The pool ''' || p.name || ''' has some of ' || ? || ' already.' from vlan_range r"
                                + " join vlan_pool p on p.id = r.pool_id where r.vlan_domain_id = ? and r.id <> ?"
                                + " and int4range(s_first, s_last, '[]') && int4range(?, ?, '[]')"
                                + " and (int4range(c_first, c_last, '[]') && int4range(?, ?, '[]') or p.model <> ?) limit 1",
                        String.class,
                        span.toString(),
                        pool.domainId(),
                        exceptRange,
                        span.sFirst(),
                        span.sLast(),
                        span.cFirst(),
                        span.cLast(),
                        Words.of(pool.model())))
                .ifPresent(sentence -> {
                    throw new LedgerConflict(sentence);
                });
    }

    private static void requireFits(VlanPool pool, VlanSpan span) {
        if (span.cFirst() == 0 && span.cLast() != 0) {
            throw new LedgerInvalid(
                    "C-VLAN 0 stands for no inner tag: a range has C-VLANs from 1 on, or 0 to 0 for single tags.");
        }
        if (pool.model() == VlanModel.SHARED && span.cLast() != 0) {
            throw new LedgerInvalid("A shared pool has S-VLANs alone: leave out the C-VLANs.");
        }
    }

    private static void requireSense(VlanPool pool) {
        if (pool.name() == null || pool.name().isBlank()) {
            throw new LedgerInvalid("A VLAN pool needs a name.");
        }
        if ((pool.model() == VlanModel.SHARED) != (pool.linesPerVlan() != null)) {
            throw new LedgerInvalid(
                    "How many lines may live in one S-VLAN is told of a shared pool, and of no dedicated one.");
        }
        if (pool.linesPerVlan() != null && pool.linesPerVlan() < 1) {
            throw new LedgerInvalid("At least one line lives in an S-VLAN, not " + pool.linesPerVlan() + ".");
        }
        if (pool.authority() == VlanAuthority.NETBOX && pool.netboxGroupId() == null) {
            throw new LedgerInvalid("A pool whose authority is NetBox needs the id of its VLAN group there.");
        }
    }

    private static Map<String, Object> detail(long rangeId, VlanSpan span) {
        return Map.of("id", rangeId, "vlans", span.toString());
    }

    private static Map<String, Object> detail(VlanPool pool) {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("name", pool.name());
        detail.put("tenantId", pool.tenantId());
        detail.put("vlanDomainId", pool.domainId());
        detail.put("model", Words.of(pool.model()));
        detail.put("linesPerVlan", pool.linesPerVlan());
        detail.put("authority", Words.of(pool.authority()));
        detail.put("netboxGroupId", pool.netboxGroupId());
        return detail;
    }
}
