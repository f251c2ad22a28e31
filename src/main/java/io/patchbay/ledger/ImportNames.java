package io.patchbay.ledger;

import io.patchbay.event.Actor;
import io.patchbay.event.EventLog;
import io.patchbay.event.EventType;
import io.patchbay.ledger.ImportRowReader.Refused;
import io.patchbay.wire.Octets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The names that a row of an import may mention, looked up once each. Access nodes and VLAN domains that are not known yet
 * are made; tenants, plans and NAS clients are not.
 */
final class ImportNames {
    private static final String DEFAULT_TEMPLATE = "tr-101";

    /**
     * @param template of its circuit-ids
     * @param nas name of the NAS client behind which it lies; null when any may speak of it
     */
    record Node(long id, String name, String template, String nas) {}

    private final JdbcTemplate jdbc;
    private final BiFunction<String, Octets, String> canonicalKeys;
    private final Set<String> templates;
    private final String defaultTenant;
    private final Map<String, Tenant> tenants = new HashMap<>();
    private final Map<Long, Map<String, Long>> plans = new HashMap<>();
    private final Map<String, Node> nodes = new HashMap<>();
    private final List<Node> newNodes = new ArrayList<>();
    private final Map<String, Long> nasClients = new HashMap<>();
    private final Map<String, Long> domains = new HashMap<>();

    /** @throws LedgerNotFound when there is no such tenant */
    ImportNames(
            JdbcTemplate jdbc,
            BiFunction<String, Octets, String> canonicalKeys,
            Set<String> templates,
            String defaultTenant) {
        this.jdbc = jdbc;
        this.canonicalKeys = canonicalKeys;
        this.templates = templates;
        this.defaultTenant = defaultTenant;
        Tenants.all(jdbc).forEach(tenant -> tenants.put(tenant.name(), tenant));
        if (!tenants.containsKey(defaultTenant)) {
            throw new LedgerNotFound("There is no tenant '" + defaultTenant + "'.");
        }
        jdbc.query("select tenant_id, name, id from plan", row -> {
            plans.computeIfAbsent(row.getLong(1), tenant -> new HashMap<>()).put(row.getString(2), row.getLong(3));
        });
        nodes("").forEach(node -> nodes.put(node.name(), node));
        jdbc.query("select name, id from nas_client", row -> {
            nasClients.put(row.getString(1), row.getLong(2));
        });
        jdbc.query("select name, id from vlan_domain", row -> {
            domains.put(row.getString(1), row.getLong(2));
        });
    }

    private List<Node> nodes(String where, Object... parameters) {
        return jdbc.query(
                "select a.id, a.name, a.template, n.name from access_node a"
                        + " left join nas_client n on n.id = a.nas_client_id " + where,
                (row, number) -> new Node(row.getLong(1), row.getString(2), row.getString(3), row.getString(4)),
                parameters);
    }

    Tenant tenant(String nameOrNull) {
        Tenant tenant = tenants.get(nameOrNull == null ? defaultTenant : nameOrNull);
        if (tenant == null) {
            throw new Refused("tenant: '" + nameOrNull + "' is not known");
        }
        return tenant;
    }

    long plan(Tenant tenant, String nameOrNull) {
        String name = nameOrNull == null ? "default" : nameOrNull;
        Long plan = plans.getOrDefault(tenant.id(), Map.of()).get(name);
        if (plan == null) {
            throw new Refused("plan: '" + name + "' is no plan of tenant '" + tenant.name() + "'");
        }
        return plan;
    }

    /**
     * The access node of this name; a new one has its id already, but its row only after {@link #makeNodes}.
     *
     * @param nas null when the row says nothing of it; likewise {@code template}
     */
    Node accessNode(String nameOrNull, String nas, String template) {
        String name = nameOrNull == null ? "default" : nameOrNull;
        if (nas != null && !nasClients.containsKey(nas)) {
            throw new Refused("nas: '" + nas + "' is no NAS client");
        }
        if (template != null && !templates.contains(template)) {
            throw new Refused("template: '" + template + "' is none of "
                    + String.join(", ", templates.stream().sorted().toList()));
        }
        Node known = nodes.get(name);
        if (known == null) {
            long id = jdbc.queryForObject("select nextval('access_node_id_seq')", Long.class);
            Node made = new Node(id, name, template == null ? DEFAULT_TEMPLATE : template, nas);
            nodes.put(name, made);
            newNodes.add(made);
            return made;
        }
        if (nas != null && !nas.equals(known.nas())) {
            throw new Refused("nas: access node '" + name + "' is "
                    + (known.nas() == null ? "open to any NAS" : "behind '" + known.nas() + "'") + ", not behind '"
                    + nas + "'");
        }
        if (template != null && !template.equals(known.template())) {
            throw new Refused(
                    "template: access node '" + name + "' has '" + known.template() + "', not '" + template + "'");
        }
        return known;
    }

    /**
     * Stores the new access nodes, so that lines can refer to them, in the order of their names: two imports that name the
     * same ones wait for one another and do not lock each other out. One that another import made meanwhile is used instead;
     * when that is made otherwise, the staged rows are refused.
     */
    void makeNodes() {
        newNodes.sort(Comparator.comparing(Node::name));
        for (Node node : newNodes) {
            int made = jdbc.update(
                    "insert into access_node (id, name, template, nas_client_id) overriding system value"
                            + " values (?, ?, ?, ?) on conflict (name) do nothing",
                    node.id(),
                    node.name(),
                    node.template(),
                    node.nas() == null ? null : nasClients.get(node.nas()));
            if (made == 0) {
                use(nodes("where a.name = ?", node.name()).getFirst(), node);
            }
        }
    }

    private void use(Node other, Node instead) {
        if (other.template().equals(instead.template()) && Objects.equals(other.nas(), instead.nas())) {
            jdbc.update("update import_row set access_node_id = ? where access_node_id = ?", other.id(), instead.id());
            return;
        }
        jdbc.update(
                "insert into import_rejection select line, ? from import_row where access_node_id = ?",
                "access_node: '" + other.name() + "' was made by another import at the same moment, with template '"
                        + other.template() + "' and "
                        + (other.nas() == null ? "open to any NAS" : "behind '" + other.nas() + "'"),
                instead.id());
        jdbc.update("delete from import_row where access_node_id = ?", instead.id());
    }

    /** Tells of the new access nodes on which a stored row lives, and removes those of refused rows only. */
    void settleNodes(EventLog events, Actor actor) {
        if (newNodes.isEmpty()) {
            return;
        }
        Set<Long> used = Set.copyOf(jdbc.queryForList(
                "select distinct access_node_id from import_row where access_node_id is not null", Long.class));
        for (Node node : newNodes) {
            if (used.contains(node.id())) {
                events.append(actor, EventType.ACCESS_NODE_CHANGED, node.id(), Map.of(), told(node));
            } else {
                jdbc.update("delete from access_node where id = ?", node.id());
            }
        }
    }

    private static Map<String, Object> told(Node node) {
        Map<String, Object> told = new HashMap<>(Map.of("name", node.name(), "template", node.template()));
        if (node.nas() != null) {
            told.put("nas", node.nas());
        }
        return told;
    }

    long vlanDomain(String nameOrNull) {
        return domains.computeIfAbsent(nameOrNull == null ? "default" : nameOrNull, name -> {
            jdbc.update("insert into vlan_domain (name) values (?) on conflict (name) do nothing", name);
            return jdbc.queryForObject("select id from vlan_domain where name = ?", Long.class, name);
        });
    }

    String canonicalKey(Node node, Octets circuitId) {
        return canonicalKeys.apply(node.template(), circuitId);
    }
}
