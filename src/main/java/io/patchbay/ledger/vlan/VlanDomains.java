package io.patchbay.ledger.vlan;

import io.patchbay.event.Actor;
import io.patchbay.event.Difference;
import io.patchbay.event.EventLog;
import io.patchbay.event.EventType;
import io.patchbay.ledger.LedgerConflict;
import io.patchbay.ledger.LedgerInvalid;
import io.patchbay.ledger.LedgerNotFound;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** VLAN domains and what is excluded in them, each change in one transaction with its event. */
public final class VlanDomains {
    private final JdbcTemplate jdbc;
    private final VlanTransactions transactions;
    private final EventLog events;

    public VlanDomains(JdbcTemplate jdbc, TransactionTemplate transaction, EventLog events) {
        this.jdbc = jdbc;
        this.transactions = new VlanTransactions(transaction);
        this.events = events;
    }

    /** By name. */
    public List<VlanDomain> all() {
        return jdbc.query(
                "select id, name from vlan_domain order by name",
                (row, number) -> new VlanDomain(row.getLong(1), row.getString(2)));
    }

    public Optional<VlanDomain> find(long id) {
        return VlanRows.one(jdbc.query(
                "select id, name from vlan_domain where id = ?",
                (row, number) -> new VlanDomain(row.getLong(1), row.getString(2)),
                id));
    }

    /** @throws LedgerConflict when there is one of this name */
    public VlanDomain create(String name, Actor actor) {
        requireName(name);
        return transactions.run(() -> {
            long id = jdbc.queryForObject("insert into vlan_domain (name) values (?) returning id", Long.class, name);
            events.append(actor, EventType.VLAN_DOMAIN_CHANGED, id, Map.of(), Map.of("name", name));
            return new VlanDomain(id, name);
        });
    }

    /**
     * @throws LedgerNotFound when there is no such domain
     * @throws LedgerConflict when there is another one of this name
     */
    public VlanDomain rename(long id, String name, Actor actor) {
        requireName(name);
        return transactions.run(() -> {
            VlanDomain before = lock(id);
            if (!before.name().equals(name)) {
                jdbc.update("update vlan_domain set name = ? where id = ?", name, id);
                events.append(actor, EventType.VLAN_DOMAIN_CHANGED, id, Difference.of("name", before.name(), name));
            }
            return new VlanDomain(id, name);
        });
    }

    /**
     * Removes the domain and its exclusions.
     *
     * @throws LedgerNotFound when there is no such domain
     * @throws LedgerConflict when a pool is in it, or a service is bound in it
     */
    public void delete(long id, Actor actor) {
        transactions.run(() -> {
            VlanDomain before = lock(id);
            VlanRows.one(jdbc.queryForList(
                            "select 'the pool ''' || name || ''' is in it' from vlan_pool where vlan_domain_id = ?"
                                    + " union all select vlan_text(s_vlan, c_vlan) || ' belongs to '"
                                    + " || service_holder(service_id) from service_vlan where vlan_domain_id = ? limit 1",
                            String.class,
                            id,
                            id))
                    .ifPresent(use -> {
                        throw new LedgerConflict("The VLAN domain '" + before.name() + "' is in use: " + use + ".");
                    });
            jdbc.update("delete from vlan_exclusion where vlan_domain_id = ?", id);
            jdbc.update("delete from vlan_domain where id = ?", id);
            events.append(actor, EventType.VLAN_DOMAIN_CHANGED, id, Map.of("name", before.name()), Map.of());
            return null;
        });
    }

    /** @throws LedgerNotFound when there is no such domain */
    public List<VlanExclusion> exclusions(long id) {
        find(id).orElseThrow(() -> noDomain(id));
        return jdbc.query(
                VlanRows.EXCLUSION + " where vlan_domain_id = ? order by s_first, c_first", VlanRows::exclusion, id);
    }

    /**
     * From now on nobody gets what is in this.
     *
     * @param note why; null when not told
     * @throws LedgerNotFound when there is no such domain
     * @throws LedgerConflict naming who has some of it, or when some of it is excluded already
     */
    public VlanExclusion exclude(long id, VlanSpan span, String note, Actor actor) {
        return transactions.run(() -> {
            lock(id);
            long exclusion = jdbc.queryForObject(
                    "insert into vlan_exclusion (vlan_domain_id, s_first, s_last, c_first, c_last, note)"
                            + " values (?, ?, ?, ?, ?, ?) returning id",
                    Long.class,
                    id,
                    span.sFirst(),
                    span.sLast(),
                    span.cFirst(),
                    span.cLast(),
                    note);
            VlanExclusion after = new VlanExclusion(exclusion, id, span, note);
            events.append(actor, EventType.VLAN_DOMAIN_CHANGED, id, Map.of(), Map.of("exclusion", detail(after)));
            return after;
        });
    }

    /**
     * What was excluded by this is free again, as far as a pool has it.
     *
     * @throws LedgerNotFound when there is no such exclusion
     */
    public void readmit(long exclusionId, Actor actor) {
        transactions.run(() -> {
            VlanExclusion before = VlanRows.one(jdbc.query(
                            VlanRows.EXCLUSION + " where id = ? for update", VlanRows::exclusion, exclusionId))
                    .orElseThrow(() -> new LedgerNotFound("There is no VLAN exclusion " + exclusionId + "."));
            jdbc.update("delete from vlan_exclusion where id = ?", exclusionId);
            events.append(
                    actor,
                    EventType.VLAN_DOMAIN_CHANGED,
                    before.domainId(),
                    Map.of("exclusion", detail(before)),
                    Map.of());
            return null;
        });
    }

    private static Map<String, Object> detail(VlanExclusion exclusion) {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("id", exclusion.id());
        detail.put("vlans", exclusion.span().toString());
        detail.put("note", exclusion.note());
        return detail;
    }

    /** Nobody adds a pool or renames it meanwhile. */
    private VlanDomain lock(long id) {
        return VlanRows.one(jdbc.query(
                        "select id, name from vlan_domain where id = ? for update",
                        (row, number) -> new VlanDomain(row.getLong(1), row.getString(2)),
                        id))
                .orElseThrow(() -> noDomain(id));
    }

    private static LedgerNotFound noDomain(long id) {
        return new LedgerNotFound("There is no VLAN domain " + id + ".");
    }

    private static void requireName(String name) {
        if (name == null || name.isBlank()) {
            throw new LedgerInvalid("A VLAN domain needs a name.");
        }
    }
}
