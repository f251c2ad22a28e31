package io.patchbay.ledger.workflow;

import io.patchbay.database.TestDatabase;
import io.patchbay.event.Actor;
import io.patchbay.event.EventLog;
import io.patchbay.ledger.LineChanges;
import io.patchbay.ledger.ServiceChanges;
import io.patchbay.ledger.address.AddressAuthority;
import io.patchbay.ledger.address.AddressClaim;
import io.patchbay.ledger.address.AddressPool;
import io.patchbay.ledger.address.AddressSpace;
import io.patchbay.ledger.ipv6.Ipv6Parts;
import io.patchbay.ledger.vlan.VlanBindings;
import io.patchbay.wire.IpPrefix;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A ledger with its workflows in a database of its own, wired as the hub wires them. */
final class WorkflowWorld implements AutoCloseable {
    static final Actor OPERATOR = new Actor("operator", "a test");

    /** One connection: opening one for each statement takes longer than the statement. */
    final SingleConnectionDataSource database = database();

    final JdbcTemplate jdbc = new JdbcTemplate(database);
    final TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(database));
    final EventLog events = new EventLog(jdbc);
    final ServiceChanges services = new ServiceChanges(jdbc, transaction, events);
    final LineChanges lines = new LineChanges(jdbc, transaction, events, (template, circuitId) -> null);
    final VlanBindings vlans = new VlanBindings(jdbc, transaction, events);
    final AddressSpace addresses = AddressSpace.over(
            database, jdbc, transaction, events, List::of, new NobodyElseChooses(), InstantSource.system(), () -> true);
    final Ipv6Parts ipv6 = Ipv6Parts.over(jdbc, transaction.getTransactionManager(), events, addresses);
    final WorkflowStore store = new WorkflowStore(jdbc);
    final WorkflowSettings settings = new WorkflowSettings(Duration.ofSeconds(30), Duration.ofSeconds(20));
    private final Map<PlannedStep.Action, StepAction> actions = new EnumMap<>(PlannedStep.Action.class);
    private Consumer<String> reached = point -> {};
    final WorkflowRunner runner;
    final Workflows workflows;

    WorkflowWorld() {
        actions.putAll(StepActions.over(jdbc, events, services, lines, vlans, addresses, ipv6.lifecycle()));
        runner = new WorkflowRunner(store, transaction, events, actions, settings, point -> reached.accept(point));
        workflows = new Workflows(store, new SituationReader(jdbc), runner, transaction, events, settings, () -> {});
    }

    private static SingleConnectionDataSource database() {
        try {
            return new SingleConnectionDataSource(TestDatabase.fresh().getConnection(), true);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Override
    public void close() {
        database.destroy();
    }

    /** NetBox is always away. */
    private static final class NobodyElseChooses implements AddressAuthority {
        @Override
        public Allocation allocate(AddressPool pool, AddressClaim claim) {
            return new Allocation.Away("NetBox is away.");
        }

        @Override
        public LettingGo withdraw(AddressPool pool, UUID key) {
            return new LettingGo.Away("NetBox is away.");
        }

        @Override
        public LettingGo release(AddressPool pool, IpPrefix prefix) {
            return new LettingGo.Away("NetBox is away.");
        }
    }

    /** Told at every point at which a crash may come. */
    void onReaching(Consumer<String> listener) {
        reached = listener;
    }

    void replace(PlannedStep.Action action, StepAction by) {
        actions.put(action, by);
    }

    StepAction action(PlannedStep.Action action) {
        return actions.get(action);
    }

    /** Applies whatever the plan is now. */
    Workflow done(WorkflowKind kind, long serviceId, Wishes wishes) {
        return ((Begun.Started) workflows.apply(new WorkflowRequest(kind, serviceId, wishes), null, OPERATOR))
                .workflow();
    }

    /** As when time has gone by: every lease has ended and everything that waits is due. */
    void leasesEnd() {
        jdbc.update("update workflow set leased_until = now() - interval '1 second', due_at = now()");
    }

    /** Time goes by: what is open is gone on with until it has ended, and former prefixes are let go of. */
    void settle() {
        while (id("select count(*) from workflow where state in ('running', 'waiting')") > 0) {
            leasesEnd();
            runner.turn();
            ipv6.sweep().finishRevoked();
        }
        ipv6.sweep().finishRevoked();
    }

    /** @return its id */
    long addressPool(String name, String kind, int length, String... blocks) {
        long pool = id(
                "insert into address_pool (name, vrf_id, kind, assigned_length) select ?, id, ?, ? from vrf returning id",
                name,
                kind,
                length);
        for (String block : blocks) {
            jdbc.update(
                    "insert into address_block (pool_id, vrf_id, prefix) select ?, id, ?::cidr from vrf", pool, block);
        }
        return pool;
    }

    /** Dedicated pairs in a domain of its own. */
    long vlanPool(String name, int sVlan, int cFirst, int cLast) {
        long domain = id("insert into vlan_domain (name) values (?) returning id", name);
        long pool = id(
                "insert into vlan_pool (name, vlan_domain_id, model) values (?, ?, 'dedicated') returning id",
                name,
                domain);
        jdbc.update(
                "insert into vlan_range (pool_id, vlan_domain_id, model, s_first, s_last, c_first, c_last)"
                        + " values (?, ?, 'dedicated', ?, ?, ?, ?)",
                pool,
                domain,
                sVlan,
                sVlan,
                cFirst,
                cLast);
        return pool;
    }

    /** A plan that draws from pools; a null is none. */
    long plan(String name, Long vlan, Long ipv4, Long wan, Long delegated, String ipv6Mode) {
        return id(
                "insert into plan (tenant_id, name, vlan_pool_id, ipv4_address_pool_id, ipv6_wan_pool_id,"
                        + " ipv6_delegated_pool_id, ipv6_mode) select id, ?, ?::bigint, ?::bigint, ?::bigint, ?::bigint, ?"
                        + " from tenant returning id",
                name,
                vlan,
                ipv4,
                wan,
                delegated,
                ipv6Mode);
    }

    long node(String name) {
        return id("insert into access_node (name) values (?) returning id", name);
    }

    long line(long node, String circuitId) {
        long line = id("insert into access_line (access_node_id) values (?) returning id", node);
        jdbc.update(
                "insert into line_identifier (line_id, access_node_id, kind, value) values (?, ?, 'circuit-id', ?)",
                line,
                node,
                circuitId.getBytes());
        return line;
    }

    long plan(String name) {
        return id("insert into plan (tenant_id, name) select id, ? from tenant returning id", name);
    }

    /** @param line null for none */
    long service(String userName, String state, Long line) {
        long service = id(
                "with b as (insert into subscriber (tenant_id, external_id) select id, ? from tenant returning id, tenant_id)"
                        + " insert into service (subscriber_id, tenant_id, line_id, plan_id, state)"
                        + " select b.id, b.tenant_id, ?::bigint, p.id, ? from b, plan p where p.name = 'default' returning id",
                userName,
                line,
                state);
        jdbc.update(
                "insert into credential (service_id, tenant_id, user_name, scheme, sealed)"
                        + " select id, tenant_id, ?, 'cleartext', '\\x00' from service where id = ?",
                userName,
                service);
        return service;
    }

    String text(String sql, Object... parameters) {
        return jdbc.queryForObject(sql, String.class, parameters);
    }

    long id(String sql, Object... parameters) {
        return jdbc.queryForObject(sql, Long.class, parameters);
    }

    static Wishes toLine(long lineId) {
        return new Wishes(lineId, null, null, null, null, null, null, null, null);
    }

    static Wishes toNewLine(String accessNode, String circuitId) {
        return new Wishes(
                null,
                new Wishes.NewLine(accessNode, circuitId, null, null, null, null, null),
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    static Wishes toPlan(String name) {
        return new Wishes(null, null, name, null, null, null, null, null, null);
    }
}
