package io.patchbay.ledger.workflow;

import io.patchbay.database.TestDatabase;
import io.patchbay.event.Actor;
import io.patchbay.event.EventLog;
import io.patchbay.ledger.LineChanges;
import io.patchbay.ledger.ServiceChanges;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A ledger with its workflows in a database of its own, wired as the hub wires them. */
final class WorkflowWorld {
    static final Actor OPERATOR = new Actor("operator", "a test");

    final DataSource database = TestDatabase.fresh();
    final JdbcTemplate jdbc = new JdbcTemplate(database);
    final TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(database));
    final EventLog events = new EventLog(jdbc);
    final ServiceChanges services = new ServiceChanges(jdbc, transaction, events);
    final LineChanges lines = new LineChanges(jdbc, transaction, events, (template, circuitId) -> null);
    final WorkflowStore store = new WorkflowStore(jdbc);
    final WorkflowSettings settings = new WorkflowSettings(Duration.ofSeconds(30), Duration.ofSeconds(20));
    private final Map<PlannedStep.Action, StepAction> actions = new EnumMap<>(PlannedStep.Action.class);
    private Consumer<String> reached = point -> {};
    final WorkflowRunner runner;
    final Workflows workflows;

    WorkflowWorld() {
        actions.putAll(new ServiceSteps(jdbc, events, services).actions());
        actions.putAll(new LineSteps(jdbc, events, services, lines).actions());
        runner = new WorkflowRunner(store, transaction, events, actions, settings, point -> reached.accept(point));
        workflows = new Workflows(store, new SituationReader(jdbc), runner, transaction, events, settings, () -> {});
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
