package io.patchbay.ledger;

import io.patchbay.event.Actor;
import io.patchbay.event.Difference;
import io.patchbay.event.EventLog;
import io.patchbay.event.EventType;
import io.patchbay.line.IdentifierKind;
import io.patchbay.wire.Octets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Changes to one line, in one transaction with the event. */
public final class LineChanges {
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final EventLog events;
    private final BiFunction<String, Octets, String> canonicalKeys;

    private record Place(long nodeId, String template) {}

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
    }

    /**
     * Gives the line these names and no others.
     *
     * @throws LedgerNotFound when there is no such line
     * @throws LedgerConflict naming the holder, when a name is another line's of the same access node
     * @throws LedgerInvalid when a name has no or more than 255 bytes
     */
    public void replaceIdentifiers(long lineId, Map<IdentifierKind, Octets> identifiers, Actor actor) {
        try {
            transaction.executeWithoutResult(status -> {
                Place place = lock(lineId);
                identifiers.forEach((kind, value) -> requireFree(lineId, place, kind, value));
                Map<String, Object> before = new TreeMap<>();
                jdbc.query(
                        "select kind, value from line_identifier where line_id = ?",
                        row -> {
                            before.put(
                                    row.getString(1), Octets.of(row.getBytes(2)).display());
                        },
                        lineId);
                jdbc.update("delete from line_identifier where line_id = ?", lineId);
                identifiers.forEach((kind, value) -> jdbc.update(
                        "insert into line_identifier (line_id, access_node_id, kind, value) values (?, ?, ?, ?)",
                        lineId,
                        place.nodeId(),
                        Words.of(kind),
                        value.toByteArray()));
                Octets circuitId = identifiers.get(IdentifierKind.CIRCUIT_ID);
                jdbc.update(
                        "update access_line set canonical_circuit_id = ? where id = ?",
                        circuitId == null ? null : canonicalKeys.apply(place.template(), circuitId),
                        lineId);
                events.append(
                        actor, EventType.LINE_CHANGED, lineId, Difference.of("identifiers", before, told(identifiers)));
            });
        } catch (DuplicateKeyException takenMeanwhile) {
            throw new LedgerConflict("One of the names was given to another line at the same moment. Try again.");
        }
    }

    private static Map<String, String> told(Map<IdentifierKind, Octets> identifiers) {
        Map<String, String> told = new TreeMap<>();
        identifiers.forEach((kind, value) -> told.put(Words.of(kind), value.display()));
        return told;
    }

    private Place lock(long lineId) {
        List<Place> place = jdbc.query(
                "select n.id, n.template from access_line l join access_node n on n.id = l.access_node_id where l.id = ?"
                        + " for update of l",
                (row, number) -> new Place(row.getLong(1), row.getString(2)),
                lineId);
        if (place.isEmpty()) {
            throw new LedgerNotFound("There is no line " + lineId + ".");
        }
        return place.getFirst();
    }

    private void requireFree(long lineId, Place place, IdentifierKind kind, Octets value) {
        if (value.isEmpty() || value.length() > 255) {
            throw new LedgerInvalid("The " + Words.of(kind) + " has " + value.length() + " bytes, not 1 to 255.");
        }
        jdbc.queryForList(
                        "select line_holder(line_id) from line_identifier where access_node_id = ? and kind = ? and value = ?"
                                + " and line_id <> ?",
                        String.class,
                        place.nodeId(),
                        Words.of(kind),
                        value.toByteArray(),
                        lineId)
                .forEach(holder -> {
                    throw new LedgerConflict(
                            "The " + Words.of(kind) + " '" + value + "' is a name of the line of " + holder + ".");
                });
    }
}
