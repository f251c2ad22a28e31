package io.patchbay.api.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.patchbay.wire.Octets;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads access lines with their identifiers and the services on them. */
final class LineReader {
    private static final String LINES = """
            select line.id, node.name as access_node, line.canonical_circuit_id,
                array(select service.id from service where service.line_id = line.id order by service.id) as services
            from access_line line join access_node node on node.id = line.access_node_id
            where %s
            order by line.id limit ?""";

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record LineView(
            long id,
            String accessNode,
            String canonicalCircuitId,
            List<IdentifierView> identifiers,
            List<Long> serviceIds) {}

    /** @param value text where it is printable, otherwise 0x and hexadecimal */
    record IdentifierView(String kind, String value, String hex) {}

    private record Named(long lineId, IdentifierView identifier) {}

    private final JdbcTemplate jdbc;

    LineReader(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    Optional<LineView> byId(long id) {
        return find(new Conditions().and("line.id = ?", Optional.of(id)), 1).stream()
                .findFirst();
    }

    List<LineView> find(Conditions conditions, int limit) {
        List<LineView> bare = jdbc.query(
                LINES.formatted(conditions.sql()),
                (row, number) -> new LineView(
                        row.getLong("id"),
                        row.getString("access_node"),
                        row.getString("canonical_circuit_id"),
                        List.of(),
                        ids(row.getArray("services"))),
                conditions.valuesAnd(limit));
        Map<Long, List<IdentifierView>> identifiers = jdbc
                .query(
                        "select line_id, kind, value from line_identifier where line_id = any(?) order by kind, value",
                        (row, number) -> new Named(row.getLong("line_id"), identifier(row)),
                        (Object) bare.stream().map(LineView::id).toArray(Long[]::new))
                .stream()
                .collect(Collectors.groupingBy(
                        Named::lineId, Collectors.mapping(Named::identifier, Collectors.toList())));
        return bare.stream()
                .map(line -> new LineView(
                        line.id(),
                        line.accessNode(),
                        line.canonicalCircuitId(),
                        identifiers.getOrDefault(line.id(), List.of()),
                        line.serviceIds()))
                .toList();
    }

    private static IdentifierView identifier(ResultSet row) throws SQLException {
        Octets value = Octets.of(row.getBytes("value"));
        String kind = row.getString("kind");
        return new IdentifierView(kind, kind.equals("mac") ? value.hex() : value.display(), value.hex());
    }

    private static List<Long> ids(Array array) throws SQLException {
        return Stream.of((Long[]) array.getArray()).toList();
    }
}
