package io.patchbay.ledger.workflow;

import io.patchbay.ledger.LedgerInvalid;
import io.patchbay.ledger.workflow.Situation.Line;
import io.patchbay.ledger.workflow.Situation.Node;
import io.patchbay.ledger.workflow.Situation.Service;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads lines for a plan: where a service lives, and where it is to live. */
final class LineReader {
    private static final String LINE = """
            select l.id, l.onu_serial, l.uni, n.id node_id, n.name node, n.vlan_pool_id, p.name vlan_pool, p.authority vlan_authority
            from access_line l join access_node n on n.id = l.access_node_id left join vlan_pool p on p.id = n.vlan_pool_id
            where l.id = ?
            """;

    private final JdbcTemplate jdbc;

    LineReader(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** @param line null when it has yet to be made; {@code node} as well when no line was wished for */
    record Target(Line line, Node node) {
        static final Target NONE = new Target(null, null);
    }

    /** @param conflicts gets who lives there, or has the names already */
    Target target(Service service, Wishes wishes, List<String> conflicts) {
        if (wishes.lineId() != null && wishes.line() != null) {
            throw new LedgerInvalid("Wish for a lineId or for a line by its names, not for both.");
        }
        if (wishes.lineId() != null) {
            Line line = line(wishes.lineId(), service);
            if (line == null) {
                throw new LedgerInvalid("There is no line " + wishes.lineId() + ".");
            }
            return occupied(new Target(line, line.node()), conflicts);
        }
        return wishes.line() == null ? Target.NONE : byNames(service, wishes.line(), conflicts);
    }

    private Target byNames(Service service, Wishes.NewLine wish, List<String> conflicts) {
        Node node = node(wish.accessNode());
        Map<String, String> names = WishedNames.of(wish);
        if (names.isEmpty() && wish.onuSerial() == null) {
            throw new LedgerInvalid("A line needs a name: circuitId, remoteId, nasPortId, mac or onuSerial.");
        }
        Set<Long> found = new TreeSet<>();
        names.forEach((kind, hex) -> found.addAll(jdbc.queryForList(
                "select line_id from line_identifier where access_node_id = ? and kind = ? and value = ?",
                Long.class,
                node.id(),
                kind,
                HexFormat.of().parseHex(hex))));
        if (wish.onuSerial() != null) {
            found.addAll(jdbc.queryForList(
                    "select id from access_line where onu_serial = ? and coalesce(uni, 1) = coalesce(?, 1)",
                    Long.class,
                    wish.onuSerial(),
                    wish.uni()));
        }
        if (found.size() > 1) {
            conflicts.add("The names are those of more than one line: " + found + ".");
        }
        Line line = found.isEmpty() ? null : line(found.iterator().next(), service);
        if (line != null && line.node().id() != node.id()) {
            conflicts.add("The ONU " + wish.onuSerial() + " is line " + line.id() + " of the access node "
                    + line.node().name() + ", not of " + node.name() + ".");
        }
        return occupied(new Target(line, node), conflicts);
    }

    private static Target occupied(Target target, List<String> conflicts) {
        if (target.line() != null) {
            target.line()
                    .others()
                    .forEach(other -> conflicts.add("Line " + target.line().id() + " of "
                            + target.node().name() + " is where " + other + " lives."));
        }
        return target;
    }

    private Node node(String name) {
        if (name == null) {
            throw new LedgerInvalid("A line by its names needs its accessNode.");
        }
        return jdbc
                .query(
                        "select n.id, n.name, n.vlan_pool_id, p.name vlan_pool, p.authority vlan_authority from access_node n"
                                + " left join vlan_pool p on p.id = n.vlan_pool_id where n.name = ?",
                        (row, number) -> new Node(
                                row.getLong("id"),
                                row.getString("name"),
                                SituationReader.pool(row, "vlan_pool_id", "vlan_pool", "vlan_authority")),
                        name)
                .stream()
                .findFirst()
                .orElseThrow(() -> new LedgerInvalid("There is no access node '" + name + "'."));
    }

    /** @return null when there is none */
    Line line(long id, Service service) {
        Map<String, String> identifiers = new TreeMap<>();
        jdbc.query(
                "select kind, encode(value, 'hex') from line_identifier where line_id = ?",
                row -> {
                    identifiers.put(row.getString(1), row.getString(2));
                },
                id);
        List<String> others = jdbc.queryForList(
                "select service_holder(id) || ' (service ' || id || ')' from service"
                        + " where line_id = ? and kind = ? and id <> ? and state <> 'terminated' order by id",
                String.class,
                id,
                service.kind(),
                service.id());
        return jdbc
                .query(
                        LINE,
                        (row, number) -> new Line(
                                row.getLong("id"),
                                new Node(
                                        row.getLong("node_id"),
                                        row.getString("node"),
                                        SituationReader.pool(row, "vlan_pool_id", "vlan_pool", "vlan_authority")),
                                row.getString("onu_serial"),
                                row.getObject("uni", Integer.class),
                                identifiers,
                                others),
                        id)
                .stream()
                .findFirst()
                .orElse(null);
    }

    void requireFree(Line line, String kind, String hex, List<String> conflicts) {
        jdbc.queryForList(
                        "select line_holder(line_id) from line_identifier where access_node_id = ? and kind = ? and value = ?"
                                + " and line_id <> ?",
                        String.class,
                        line.node().id(),
                        kind,
                        HexFormat.of().parseHex(hex),
                        line.id())
                .forEach(holder ->
                        conflicts.add("The " + kind + " " + hex + " is a name of the line of " + holder + "."));
    }
}
