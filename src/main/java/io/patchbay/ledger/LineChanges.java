package io.patchbay.ledger;

import io.patchbay.event.Actor;
import io.patchbay.event.Difference;
import io.patchbay.event.EventLog;
import io.patchbay.event.EventType;
import io.patchbay.ledger.EditableRows.Column;
import io.patchbay.line.IdentifierKind;
import io.patchbay.wire.Octets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Access lines: made, changed, removed, each in one transaction with the event. */
public final class LineChanges {
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final EventLog events;
    private final BiFunction<String, Octets, String> canonicalKeys;
    private final EditableRows rows;

    private record Node(long id, String template) {}

    /** @param canonicalKeys gives for an access node's template and a circuit-id the canonical key, or null */
    public LineChanges(
            JdbcTemplate jdbc,
            TransactionTemplate transaction,
            EventLog events,
            BiFunction<String, Octets, String> canonicalKeys) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.events = events;
        this.canonicalKeys = canonicalKeys;
        this.rows = new EditableRows(
                jdbc,
                "access_line",
                "line",
                List.of(
                        Column.readOnly("accessNode", "(select n.name from access_node n where n.id = access_node_id)"),
                        Column.text("onuSerial", "onu_serial"),
                        Column.number("uni", "uni")));
    }

    /**
     * @param accessNode its name; the scope of the identifiers
     * @param said onuSerial and uni
     * @param identifiers its names, each at most once
     * @return the line's id
     * @throws LedgerConflict naming the holder, when a name or the ONU's port is another line's
     * @throws LedgerInvalid when there is no such access node, or a name has no or more than 255 bytes
     */
    public long create(
            String accessNode, Map<String, Object> said, Map<IdentifierKind, Octets> identifiers, Actor actor) {
        return refusingTwins(() -> transaction.execute(status -> {
            Node node = node("where name = ? for key share", accessNode)
                    .orElseThrow(
                            () -> new LedgerInvalid("accessNode: there is no access node named '" + accessNode + "'."));
            requireOnuFree(0, said.get("onuSerial"), said.get("uni"));
            long id = rows.insert(said, Map.of("access_node_id", node.id()));
            store(id, node, identifiers);
            Map<String, Object> told = rows.get(id).told();
            told.put("identifiers", told(identifiers));
            events.append(actor, EventType.LINE_CHANGED, id, Map.of(), told);
            return id;
        }));
    }

    /**
     * Changes what is said and leaves the rest.
     *
     * @param said onuSerial and uni, each only when it is said
     * @param identifiers the line's names from now on, and no others; null leaves them
     * @throws LedgerNotFound when there is no such line
     * @throws LedgerConflict naming the holder, when a name or the ONU's port is another line's
     * @throws LedgerInvalid when a name has no or more than 255 bytes
     */
    public void change(long lineId, Map<String, Object> said, Map<IdentifierKind, Octets> identifiers, Actor actor) {
        refusingTwins(() -> transaction.execute(status -> {
            CatalogueRow before = rows.lock(lineId);
            Map<String, Object> wanted = new HashMap<>(before.values());
            wanted.putAll(said);
            requireOnuFree(lineId, wanted.get("onuSerial"), wanted.get("uni"));
            Difference change = rows.update(before, said);
            if (identifiers != null) {
                Map<String, String> names = names(lineId);
                store(lineId, nodeOf(lineId), identifiers);
                change = with(
                        change,
                        Difference.between(Map.of("identifiers", names), Map.of("identifiers", told(identifiers))));
            }
            if (!change.isEmpty()) {
                events.append(actor, EventType.LINE_CHANGED, lineId, change);
            }
            return lineId;
        }));
    }

    /** Gives the line these names and no others; throws as {@link #change} does. */
    public void replaceIdentifiers(long lineId, Map<IdentifierKind, Octets> identifiers, Actor actor) {
        change(lineId, Map.of(), identifiers, actor);
    }

    /** @throws LedgerConflict when a service lives on it */
    public void remove(long lineId, Actor actor) {
        transaction.executeWithoutResult(status -> {
            Map<String, Object> told = rows.lock(lineId).told();
            told.put("identifiers", names(lineId));
            jdbc.queryForList(
                            "select service_holder(id) from service where line_id = ? order by id limit 1",
                            String.class,
                            lineId)
                    .forEach(holder -> {
                        throw new LedgerConflict("The service of " + holder + " lives on line " + lineId + ".");
                    });
            rows.delete(lineId);
            events.append(actor, EventType.LINE_CHANGED, lineId, told, Map.of());
        });
    }

    /** The services on the line, which a change of it concerns. */
    public long[] services(long lineId) {
        return jdbc.queryForList("select id from service where line_id = ?", Long.class, lineId).stream()
                .mapToLong(Long::longValue)
                .toArray();
    }

    private void store(long lineId, Node node, Map<IdentifierKind, Octets> identifiers) {
        identifiers.forEach((kind, value) -> requireFree(lineId, node, kind, value));
        jdbc.update("delete from line_identifier where line_id = ?", lineId);
        identifiers.forEach((kind, value) -> jdbc.update(
                "insert into line_identifier (line_id, access_node_id, kind, value) values (?, ?, ?, ?)",
                lineId,
                node.id(),
                Words.of(kind),
                value.toByteArray()));
        Octets circuitId = identifiers.get(IdentifierKind.CIRCUIT_ID);
        jdbc.update(
                "update access_line set canonical_circuit_id = ? where id = ?",
                circuitId == null ? null : canonicalKeys.apply(node.template(), circuitId),
                lineId);
    }

    private Node nodeOf(long lineId) {
        return node("where id = (select access_node_id from access_line where id = ?)", lineId)
                .orElseThrow();
    }

    private java.util.Optional<Node> node(String where, Object value) {
        return jdbc
                .query(
                        "select id, template from access_node " + where,
                        (row, number) -> new Node(row.getLong(1), row.getString(2)),
                        value)
                .stream()
                .findFirst();
    }

    private Map<String, String> names(long lineId) {
        Map<String, String> names = new TreeMap<>();
        jdbc.query(
                "select kind, value from line_identifier where line_id = ?",
                row -> {
                    names.put(row.getString(1), Octets.of(row.getBytes(2)).display());
                },
                lineId);
        return names;
    }

    private static Map<String, String> told(Map<IdentifierKind, Octets> identifiers) {
        Map<String, String> told = new TreeMap<>();
        identifiers.forEach((kind, value) -> told.put(Words.of(kind), value.display()));
        return told;
    }

    private static Difference with(Difference one, Difference other) {
        Map<String, Object> before = new LinkedHashMap<>(one.before());
        Map<String, Object> after = new LinkedHashMap<>(one.after());
        before.putAll(other.before());
        after.putAll(other.after());
        return new Difference(before, after);
    }

    private void requireOnuFree(long lineId, Object serial, Object uni) {
        if (serial == null) {
            return;
        }
        int port = uni instanceof Number number ? number.intValue() : 1;
        jdbc.queryForList(
                        "select line_holder(id) from access_line where onu_serial = ? and coalesce(uni, 1) = ? and id <> ?",
                        String.class,
                        serial,
                        port,
                        lineId)
                .forEach(holder -> {
                    throw new LedgerConflict(
                            "Port " + port + " of the ONU '" + serial + "' is the line of " + holder + ".");
                });
    }

    private void requireFree(long lineId, Node node, IdentifierKind kind, Octets value) {
        if (value.isEmpty() || value.length() > 255) {
            throw new LedgerInvalid("The " + Words.of(kind) + " has " + value.length() + " bytes, not 1 to 255.");
        }
        jdbc.queryForList(
                        "select line_holder(line_id) from line_identifier where access_node_id = ? and kind = ? and value = ?"
                                + " and line_id <> ?",
                        String.class,
                        node.id(),
                        Words.of(kind),
                        value.toByteArray(),
                        lineId)
                .forEach(holder -> {
                    throw new LedgerConflict(
                            "The " + Words.of(kind) + " '" + value + "' is a name of the line of " + holder + ".");
                });
    }

    private static long refusingTwins(Supplier<Long> change) {
        try {
            return change.get();
        } catch (DuplicateKeyException takenMeanwhile) {
            throw new LedgerConflict("One of the names was given to another line at the same moment. Try again.");
        }
    }
}
