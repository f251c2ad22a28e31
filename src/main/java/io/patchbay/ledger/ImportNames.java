package io.patchbay.ledger;

import io.patchbay.ledger.ImportRowReader.Refused;
import io.patchbay.wire.Octets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The names that a row of an import may mention, looked up once each. Access nodes and VLAN domains that are not known yet
 * are made; tenants and plans are not.
 */
final class ImportNames {
    /** @param template of its circuit-ids */
    record Node(long id, String template) {}

    private final JdbcTemplate jdbc;
    private final BiFunction<String, Octets, String> canonicalKeys;
    private final String defaultTenant;
    private final Map<String, Tenant> tenants = new HashMap<>();
    private final Map<Long, Map<String, Long>> plans = new HashMap<>();
    private final Map<String, Node> nodes = new HashMap<>();
    private final Map<String, Long> domains = new HashMap<>();

    /** @throws LedgerNotFound when there is no such tenant */
    ImportNames(JdbcTemplate jdbc, BiFunction<String, Octets, String> canonicalKeys, String defaultTenant) {
        this.jdbc = jdbc;
        this.canonicalKeys = canonicalKeys;
        this.defaultTenant = defaultTenant;
        Tenants.all(jdbc).forEach(tenant -> tenants.put(tenant.name(), tenant));
        if (!tenants.containsKey(defaultTenant)) {
            throw new LedgerNotFound("There is no tenant '" + defaultTenant + "'.");
        }
        jdbc.query("select tenant_id, name, id from plan", row -> {
            plans.computeIfAbsent(row.getLong(1), tenant -> new HashMap<>()).put(row.getString(2), row.getLong(3));
        });
        jdbc.query("select name, id, template from access_node", row -> {
            nodes.put(row.getString(1), new Node(row.getLong(2), row.getString(3)));
        });
        jdbc.query("select name, id from vlan_domain", row -> {
            domains.put(row.getString(1), row.getLong(2));
        });
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

    Node accessNode(String nameOrNull) {
        return nodes.computeIfAbsent(nameOrNull == null ? "default" : nameOrNull, name -> {
            List<Node> made = jdbc.query(
                    "insert into access_node (name) values (?) returning id, template",
                    (row, number) -> new Node(row.getLong(1), row.getString(2)),
                    name);
            return made.getFirst();
        });
    }

    long vlanDomain(String nameOrNull) {
        return domains.computeIfAbsent(
                nameOrNull == null ? "default" : nameOrNull,
                name -> jdbc.queryForObject(
                        "insert into vlan_domain (name) values (?) returning id", Long.class, name));
    }

    String canonicalKey(Node node, Octets circuitId) {
        return canonicalKeys.apply(node.template(), circuitId);
    }
}
