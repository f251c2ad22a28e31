package io.patchbay.ledger.workflow;

import io.patchbay.ledger.LedgerInvalid;
import io.patchbay.ledger.LedgerNotFound;
import io.patchbay.ledger.workflow.Situation.Address;
import io.patchbay.ledger.workflow.Situation.Plan;
import io.patchbay.ledger.workflow.Situation.Pool;
import io.patchbay.ledger.workflow.Situation.Service;
import io.patchbay.ledger.workflow.Situation.Vlan;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads what a plan is made of, in the caller's transaction. */
final class SituationReader {
    private static final String SERVICE = """
            select s.*, service_holder(s.id) holder, p.name plan_name, p.ipv6_mode plan_ipv6_mode, c.user_name, i.state as ipv6_state
            from service s join plan p on p.id = s.plan_id left join credential c on c.service_id = s.id
            left join service_ipv6 i on i.service_id = s.id where s.id = ?
            """;
    private static final String PLAN = """
            select p.*, v.name vlan_pool, v.authority vlan_authority, a.authority ipv4_authority, w.authority wan_authority,
            d.authority delegated_authority, a.name ipv4_pool_name, w.name wan_pool, d.name delegated_pool
            from plan p left join vlan_pool v on v.id = p.vlan_pool_id
            left join address_pool a on a.id = p.ipv4_address_pool_id
            left join address_pool w on w.id = p.ipv6_wan_pool_id
            left join address_pool d on d.id = p.ipv6_delegated_pool_id where p.tenant_id = ? and p.name = ?
            """;

    private final JdbcTemplate jdbc;
    private final LineReader lines;

    SituationReader(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
        this.lines = new LineReader(jdbc);
    }

    private record Root(Service service, long tenantId, Long lineId) {}

    /**
     * @param locked whether nobody else may change the service until the transaction ends
     * @throws LedgerNotFound when there is no such service
     * @throws LedgerInvalid when a wish names what does not exist
     */
    Situation read(WorkflowRequest request, boolean locked) {
        Wishes wishes = request.wishes();
        Root root = root(request.serviceId(), locked);
        Service service = root.service();
        String planName = wishes.plan() == null ? service.plan() : wishes.plan();
        List<String> conflicts = new ArrayList<>();
        LineReader.Target target = lines.target(service, wishes, conflicts);
        Situation.Line line = root.lineId() == null ? null : lines.line(root.lineId(), service);
        if (wishes.mac() != null && (target.line() != null || line != null)) {
            lines.requireFree(
                    target.line() != null ? target.line() : line,
                    "mac",
                    WishedNames.mac(wishes.mac()).hex(),
                    conflicts);
        }
        Plan plan = plan(root.tenantId(), planName);
        Vlan vlan = vlan(service.id());
        Pool vlanPool =
                wishes.vlan() == null ? null : pool("vlan_pool", wishes.vlan().pool());
        return new Situation(
                service,
                plan,
                line,
                target.line(),
                target.node(),
                vlan,
                vlanPool,
                wishes.vlan() == null || wishes.vlan().sVlan() == null
                        ? null
                        : place(wishes.vlan(), vlanPool == null ? plan.vlan() : vlanPool, vlan),
                addresses(service.id()),
                wishes.ipv4() == null
                        ? null
                        : pool("address_pool", wishes.ipv4().pool()),
                conflicts);
    }

    private Root root(long serviceId, boolean locked) {
        List<Root> found = jdbc.query(
                SERVICE + (locked ? " for update of s" : ""),
                (row, number) -> new Root(service(row), row.getLong("tenant_id"), row.getObject("line_id", Long.class)),
                serviceId);
        if (found.isEmpty()) {
            throw new LedgerNotFound("There is no service " + serviceId + ".");
        }
        return found.getFirst();
    }

    private static Service service(ResultSet row) throws SQLException {
        return new Service(
                row.getLong("id"),
                row.getString("holder"),
                row.getString("kind"),
                row.getString("state"),
                row.getString("plan_name"),
                row.getString("plan_ipv6_mode"),
                row.getString("user_name"),
                row.getString("cpe_id"),
                row.getString("ipv6_mode"),
                row.getString("ipv6_state"));
    }

    private Plan plan(long tenantId, String name) {
        List<Plan> found = jdbc.query(
                PLAN,
                (row, number) -> new Plan(
                        row.getLong("id"),
                        row.getString("name"),
                        pool(row, "vlan_pool_id", "vlan_pool", "vlan_authority"),
                        pool(row, "ipv4_address_pool_id", "ipv4_pool_name", "ipv4_authority"),
                        pool(row, "ipv6_wan_pool_id", "wan_pool", "wan_authority"),
                        pool(row, "ipv6_delegated_pool_id", "delegated_pool", "delegated_authority"),
                        row.getString("ipv6_mode")),
                tenantId,
                name);
        if (found.isEmpty()) {
            throw new LedgerInvalid("'" + name + "' is no plan of the service's tenant.");
        }
        return found.getFirst();
    }

    private Vlan vlan(long serviceId) {
        return jdbc
                .query(
                        "select v.*, p.name pool, p.authority from service_vlan v left join vlan_pool p on p.id = v.pool_id"
                                + " where v.service_id = ?",
                        (row, number) -> new Vlan(
                                row.getLong("vlan_domain_id"),
                                row.getString("model"),
                                row.getInt("s_vlan"),
                                row.getObject("c_vlan", Integer.class),
                                pool(row, "pool_id", "pool", "authority"),
                                row.getBoolean("overridden")),
                        serviceId)
                .stream()
                .findFirst()
                .orElse(null);
    }

    /** Chosen VLANs lie where the pool does, else where the service has its VLANs now, else in the first domain. */
    private Situation.VlanPlace place(Wishes.Vlan wish, Pool pool, Vlan now) {
        if (pool != null) {
            return jdbc.queryForObject(
                    "select vlan_domain_id, model from vlan_pool where id = ?",
                    (row, number) -> new Situation.VlanPlace(row.getLong(1), row.getString(2)),
                    pool.id());
        }
        long domain = now != null
                ? now.domainId()
                : jdbc.queryForObject("select id from vlan_domain order by name <> 'default', id limit 1", Long.class);
        return new Situation.VlanPlace(domain, wish.cVlan() != null || now == null ? "dedicated" : now.model());
    }

    private List<Address> addresses(long serviceId) {
        return jdbc.query(
                "select a.kind, text(a.prefix) prefix, a.pool_id, p.name pool, p.authority from service_prefix a"
                        + " left join address_pool p on p.id = a.pool_id where a.service_id = ? order by a.kind, a.prefix",
                (row, number) -> new Address(
                        row.getString("kind"), row.getString("prefix"), pool(row, "pool_id", "pool", "authority")),
                serviceId);
    }

    static Pool pool(ResultSet row, String id, String name, String authority) throws SQLException {
        Long poolId = row.getObject(id, Long.class);
        return poolId == null
                ? null
                : new Pool(poolId, row.getString(name), row.getString(authority).equals("netbox"));
    }

    /** @param table of this class's own; @return null when no name is wished for */
    private Pool pool(String table, String name) {
        if (name == null) {
            return null;
        }
        return jdbc
                .query(
                        "select id, name, authority from " + table + " where name = ?",
                        (row, number) -> pool(row, "id", "name", "authority"),
                        name)
                .stream()
                .findFirst()
                .orElseThrow(() -> new LedgerInvalid("There is no " + table.replace('_', ' ') + " '" + name + "'."));
    }
}
