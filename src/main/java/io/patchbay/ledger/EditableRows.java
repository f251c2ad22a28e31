package io.patchbay.ledger;

import io.patchbay.event.Difference;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A table whose rows are read and changed column by column, by the names of the API: of a change only what was said is written,
 * and what it changed comes back for the audit. It opens no transaction, and checks nothing.
 */
final class EditableRows {
    /**
     * @param name in the API
     * @param read SQL whose value a GET shows
     * @param column what is written; null when it is read only
     * @param write SQL of the value to store, with one parameter
     */
    record Column(String name, String read, String column, String write) {
        static Column text(String name, String column) {
            return new Column(name, column, column, "?::text");
        }

        static Column number(String name, String column) {
            return new Column(name, column, column, "?::bigint");
        }

        static Column flag(String name, String column) {
            return new Column(name, column, column, "?::boolean");
        }

        /** RFC 3339, with as many digits as there are. */
        static Column moment(String name, String column) {
            return new Column(
                    name,
                    "to_char(" + column + " at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')",
                    column,
                    "?::timestamptz");
        }

        static Column readOnly(String name, String read) {
            return new Column(name, read, null, null);
        }
    }

    private final JdbcTemplate jdbc;
    private final String table;
    private final String what;
    private final List<Column> columns;
    private final String select;

    /** @param what one of them, for people, such as {@code access node} */
    EditableRows(JdbcTemplate jdbc, String table, String what, List<Column> columns) {
        this.jdbc = jdbc;
        this.table = table;
        this.what = what;
        this.columns = columns;
        this.select = "select id, "
                + columns.stream()
                        .map(column -> column.read() + " as \"" + column.name() + "\"")
                        .collect(Collectors.joining(", "))
                + " from " + table + " ";
    }

    /** In the order of the ids. @param condition SQL about the table's columns */
    List<CatalogueRow> find(String condition, long after, int limit, Object... values) {
        List<Object> parameters = new ArrayList<>(List.of(after));
        parameters.addAll(java.util.Arrays.asList(values));
        parameters.add(limit);
        return jdbc.query(
                select + "where id > ? and " + condition + " order by id limit ?",
                (row, number) -> row(row),
                parameters.toArray());
    }

    /** @throws LedgerNotFound when there is none */
    CatalogueRow get(long id) {
        return one(select + "where id = ?", id);
    }

    /** Likewise, locked until the transaction ends. */
    CatalogueRow lock(long id) {
        return one(select + "where id = ? for update", id);
    }

    private CatalogueRow one(String sql, long id) {
        return jdbc.query(sql, (row, number) -> row(row), id).stream()
                .findFirst()
                .orElseThrow(() -> new LedgerNotFound("There is no " + what + " " + id + "."));
    }

    /** @param values of columns that can be written; the others have their defaults */
    long insert(Map<String, Object> values, Map<String, Object> further) {
        List<Column> written = written(values);
        List<String> names =
                new ArrayList<>(written.stream().map(Column::column).toList());
        List<String> places =
                new ArrayList<>(written.stream().map(Column::write).toList());
        List<Object> parameters = new ArrayList<>(
                written.stream().map(column -> values.get(column.name())).toList());
        further.forEach((column, value) -> {
            names.add(column);
            places.add("?");
            parameters.add(value);
        });
        return jdbc.queryForObject(
                "insert into " + table + " (" + String.join(", ", names) + ") values (" + String.join(", ", places)
                        + ") returning id",
                Long.class,
                parameters.toArray());
    }

    /** Writes what was said. @param before as it was, locked */
    Difference update(CatalogueRow before, Map<String, Object> said) {
        List<Column> written = written(said);
        if (written.isEmpty()) {
            return new Difference(Map.of(), Map.of());
        }
        List<Object> parameters = new ArrayList<>(
                written.stream().map(column -> said.get(column.name())).toList());
        parameters.add(before.id());
        jdbc.update(
                "update " + table + " set "
                        + written.stream()
                                .map(column -> column.column() + " = " + column.write())
                                .collect(Collectors.joining(", "))
                        + " where id = ?",
                parameters.toArray());
        return Difference.between(before.values(), get(before.id()).values());
    }

    void delete(long id) {
        jdbc.update("delete from " + table + " where id = ?", id);
    }

    private List<Column> written(Map<String, Object> said) {
        return columns.stream()
                .filter(column -> column.column() != null && said.containsKey(column.name()))
                .toList();
    }

    private CatalogueRow row(ResultSet row) throws SQLException {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Column column : columns) {
            Object value = row.getObject(column.name());
            values.put(column.name(), value instanceof Array array ? List.of((Object[]) array.getArray()) : value);
        }
        return new CatalogueRow(row.getLong("id"), values);
    }
}
