package io.patchbay.ledger;

import io.patchbay.event.Actor;
import io.patchbay.event.Difference;
import io.patchbay.event.EventLog;
import io.patchbay.event.EventType;
import io.patchbay.ledger.EditableRows.Column;
import io.patchbay.wire.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Access nodes: the scope of their lines' names, how they write circuit-ids, and behind which NAS they lie. */
public final class AccessNodeChanges {
    private static final int KEYS_AT_ONCE = 5_000;

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final EventLog events;
    private final BiFunction<String, Octets, String> canonicalKeys;
    private final Set<String> templates;
    private final EditableRows rows;

    /**
     * @param canonicalKeys gives for an access node's template and a circuit-id the canonical key, or null
     * @param templates those that an access node may have
     */
    public AccessNodeChanges(
            JdbcTemplate jdbc,
            TransactionTemplate transaction,
            EventLog events,
            BiFunction<String, Octets, String> canonicalKeys,
            Set<String> templates) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.events = events;
        this.canonicalKeys = canonicalKeys;
        this.templates = templates;
        this.rows = new EditableRows(
                jdbc,
                "access_node",
                "access node",
                List.of(
                        Column.text("name", "name"),
                        new Column(
                                "nas",
                                "(select n.name from nas_client n where n.id = nas_client_id)",
                                "nas_client_id",
                                "(select n.id from nas_client n where n.name = ?)"),
                        Column.text("template", "template"),
                        new Column(
                                "vlanPool",
                                "(select v.name from vlan_pool v where v.id = vlan_pool_id)",
                                "vlan_pool_id",
                                "(select v.id from vlan_pool v where v.name = ?)")));
    }

    /** @param name null for any; likewise {@code nas} */
    public Page<CatalogueRow> list(String name, String nas, long after, int limit) {
        return Page.of(
                rows.find(
                        "(?::text is null or name = ?)"
                                + " and (?::text is null or nas_client_id = (select n.id from nas_client n where n.name = ?))",
                        after,
                        limit,
                        name,
                        name,
                        nas,
                        nas),
                limit,
                CatalogueRow::id);
    }

    /** @throws LedgerNotFound when there is none */
    public CatalogueRow get(long id) {
        return rows.get(id);
    }

    /**
     * @param said name, template, nas: the NAS client behind which it lies, null when any may speak of it, and vlanPool: from
     *     where the services on its lines take their VLANs, null when their plans say
     * @throws LedgerConflict when the name is another's
     * @throws LedgerInvalid when there is no such template or NAS client
     */
    public CatalogueRow create(Map<String, Object> said, Actor actor) {
        return refusingTwins(
                said,
                () -> transaction.execute(status -> {
                    check(said);
                    CatalogueRow made = rows.get(rows.insert(said, Map.of()));
                    events.append(actor, EventType.ACCESS_NODE_CHANGED, made.id(), Map.of(), made.told());
                    return made;
                }));
    }

    /** Likewise; another template reads the circuit-ids of all its lines anew. */
    public CatalogueRow change(long id, Map<String, Object> said, Actor actor) {
        return refusingTwins(
                said,
                () -> transaction.execute(status -> {
                    check(said);
                    CatalogueRow before = rows.lock(id);
                    Difference change = rows.update(before, said);
                    if (change.after().containsKey("template")) {
                        readAnew(id, (String) change.after().get("template"));
                    }
                    if (!change.isEmpty()) {
                        events.append(actor, EventType.ACCESS_NODE_CHANGED, id, change);
                    }
                    return rows.get(id);
                }));
    }

    /** @throws LedgerConflict when it has lines */
    public void remove(long id, Actor actor) {
        transaction.executeWithoutResult(status -> {
            CatalogueRow before = rows.lock(id);
            References.requireNone(
                    jdbc,
                    "access node '" + before.text("name") + "'",
                    "access_node_id",
                    id,
                    Map.of("access_line", "lines"));
            rows.delete(id);
            events.append(actor, EventType.ACCESS_NODE_CHANGED, id, before.told(), Map.of());
        });
    }

    /** The services on its lines, which a change of it concerns. */
    public long[] services(long id) {
        return jdbc
                .queryForList(
                        "select s.id from service s join access_line l on l.id = s.line_id where l.access_node_id = ?",
                        Long.class,
                        id)
                .stream()
                .mapToLong(Long::longValue)
                .toArray();
    }

    private void readAnew(long id, String template) {
        List<Object[]> keys = new ArrayList<>();
        jdbc.query(
                "select line_id, value from line_identifier where access_node_id = ? and kind = 'circuit-id'",
                row -> {
                    keys.add(new Object[] {canonicalKeys.apply(template, Octets.of(row.getBytes(2))), row.getLong(1)});
                },
                id);
        for (int from = 0; from < keys.size(); from += KEYS_AT_ONCE) {
            jdbc.batchUpdate(
                    "update access_line set canonical_circuit_id = ? where id = ?",
                    keys.subList(from, Math.min(keys.size(), from + KEYS_AT_ONCE)));
        }
    }

    private void check(Map<String, Object> said) {
        Object template = said.get("template");
        if (template != null && !templates.contains(template)) {
            throw new LedgerInvalid("template: '" + template + "' is none of "
                    + String.join(", ", templates.stream().sorted().toList()) + ".");
        }
        Object nas = said.get("nas");
        if (nas != null
                && jdbc.queryForList("select id from nas_client where name = ? for key share", nas)
                        .isEmpty()) {
            throw new LedgerInvalid("nas: there is no NAS client named '" + nas + "'.");
        }
        Object pool = said.get("vlanPool");
        if (pool != null
                && jdbc.queryForList("select id from vlan_pool where name = ? for key share", pool)
                        .isEmpty()) {
            throw new LedgerInvalid("vlanPool: there is no VLAN pool named '" + pool + "'.");
        }
    }

    private static CatalogueRow refusingTwins(Map<String, Object> said, Supplier<CatalogueRow> change) {
        try {
            return change.get();
        } catch (DuplicateKeyException twin) {
            throw new LedgerConflict("There is an access node named '" + said.get("name") + "' already.");
        }
    }
}
