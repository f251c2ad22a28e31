package io.patchbay.ledger.workflow;

import io.patchbay.event.Actor;
import io.patchbay.ledger.Words;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/** The tables workflow and workflow_step. Everything but reading happens in the caller's transaction. */
final class WorkflowStore {
    private static final int WORKFLOWS_A_TURN = 50;

    private final JdbcTemplate jdbc;

    WorkflowStore(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param lease of the one who runs it at once
     * @throws org.springframework.dao.DuplicateKeyException when another one of the service is open
     */
    long insert(WorkflowPlan plan, Actor actor, UUID lease, Duration leasedFor) {
        WorkflowRequest request = plan.request();
        Long id = jdbc.queryForObject(
                "insert into workflow (kind, service_id, wishes, actor, reason, fingerprint, state, lease, leased_until)"
                        + " values (?, ?, ?::jsonb, ?, ?, ?, 'running', ?, now() + ? * interval '1 millisecond') returning id",
                Long.class,
                Words.of(request.kind()),
                request.serviceId(),
                Json.write(request.wishes()),
                actor.name(),
                actor.reason(),
                plan.fingerprint(),
                lease,
                leasedFor.toMillis());
        for (int i = 0; i < plan.steps().size(); i++) {
            PlannedStep step = plan.steps().get(i);
            jdbc.update(
                    "insert into workflow_step (workflow_id, position, action, title, parameters, before, after)"
                            + " values (?, ?, ?, ?, ?::jsonb, ?::jsonb, ?::jsonb)",
                    id,
                    i + 1,
                    Words.of(step.action()),
                    step.title(),
                    Json.write(step.parameters()),
                    Json.write(step.before()),
                    Json.write(step.after()));
        }
        return id;
    }

    /** Failed ones of this service are not taken up again once another has begun. */
    void abandonFailed(long serviceId) {
        jdbc.update("update workflow set state = 'abandoned' where service_id = ? and state = 'failed'", serviceId);
    }

    /** The open one of a service. */
    Optional<Workflow> open(long serviceId) {
        return jdbc
                .query(
                        "select * from workflow where service_id = ? and state in ('running', 'waiting')",
                        (row, number) -> workflow(row, List.of()),
                        serviceId)
                .stream()
                .findFirst();
    }

    /** Takes what is due and nobody has, the longest due first. */
    List<Long> claimDue(UUID lease, Duration leasedFor) {
        return jdbc.queryForList(
                "update workflow set lease = ?, leased_until = now() + ? * interval '1 millisecond' where id in ("
                        + "select id from workflow where state in ('running', 'waiting') and due_at <= now()"
                        + " and (leased_until is null or leased_until <= now()) order by due_at limit ?"
                        + " for update skip locked) returning id",
                Long.class,
                lease,
                leasedFor.toMillis(),
                WORKFLOWS_A_TURN);
    }

    /** Takes this one, whether it is due or not; false when somebody has it or it is not open. */
    boolean claim(long id, UUID lease, Duration leasedFor) {
        return jdbc.update(
                        "update workflow set lease = ?, leased_until = now() + ? * interval '1 millisecond' where id = ?"
                                + " and state in ('running', 'waiting') and (leased_until is null or leased_until <= now())",
                        lease,
                        leasedFor.toMillis(),
                        id)
                > 0;
    }

    /**
     * The workflow with its steps, its row locked and its lease prolonged: until the transaction ends nobody else touches it.
     *
     * @return empty when it is no more this one's
     */
    Optional<Workflow> hold(long id, UUID lease, Duration leasedFor) {
        int held = jdbc.update(
                "update workflow set leased_until = now() + ? * interval '1 millisecond' where id = ? and lease = ?",
                leasedFor.toMillis(),
                id,
                lease);
        return held == 0 ? Optional.empty() : find(id);
    }

    Optional<Workflow> find(long id) {
        return find("id = ?", 1, id).stream().findFirst();
    }

    /**
     * Those before a workflow, the newest first.
     *
     * @param tenantId of the service; null for any, likewise {@code state} and {@code serviceId}
     */
    List<Workflow> list(Long tenantId, String state, Long serviceId, long before, int limit) {
        return find(
                "id < ? and (?::text is null or state = ?) and (?::bigint is null or service_id = ?)"
                        + " and (?::bigint is null or service_id in (select s.id from service s where s.tenant_id = ?))",
                limit,
                before,
                state,
                state,
                serviceId,
                serviceId,
                tenantId,
                tenantId);
    }

    private List<Workflow> find(String condition, int limit, Object... values) {
        List<Workflow> found = jdbc.query(
                "select * from workflow where " + condition + " order by id desc limit " + limit,
                (row, number) -> workflow(row, List.of()),
                values);
        return found.stream().map(this::withSteps).toList();
    }

    private Workflow withSteps(Workflow one) {
        List<StoredStep> steps = jdbc.query(
                "select * from workflow_step where workflow_id = ? order by position",
                (row, number) -> step(row),
                one.id());
        return new Workflow(
                one.id(),
                one.kind(),
                one.serviceId(),
                one.wishes(),
                one.actor(),
                one.reason(),
                one.fingerprint(),
                one.state(),
                one.rollingBack(),
                one.detail(),
                one.startedAt(),
                one.endedAt(),
                steps);
    }

    /** Writes down one attempt at a step. */
    void mark(long workflowId, int position, String state, String detail, Map<String, ?> result) {
        jdbc.update(
                "update workflow_step set state = ?, attempts = attempts + 1, detail = ?, result = result || ?::jsonb,"
                        + " started_at = coalesce(started_at, now()),"
                        + " ended_at = case when ? in ('pending', 'waiting') then null else now() end"
                        + " where workflow_id = ? and position = ?",
                state,
                detail,
                Json.write(result),
                state,
                workflowId,
                position);
    }

    /** Failed steps are to be tried again. */
    void reopenSteps(long workflowId) {
        jdbc.update(
                "update workflow_step set state = 'pending', ended_at = null where workflow_id = ? and state = 'failed'",
                workflowId);
    }

    /** How the workflow stands; gives it free. */
    void settle(long id, String state, String detail, Duration dueIn) {
        jdbc.update(
                "update workflow set state = ?, detail = ?, due_at = now() + ? * interval '1 millisecond', lease = null,"
                        + " leased_until = null,"
                        + " ended_at = case when ? in ('running', 'waiting') then null else now() end where id = ?",
                state,
                detail,
                dueIn.toMillis(),
                state,
                id);
    }

    /** Opens a failed one again. @throws org.springframework.dao.DuplicateKeyException when another one has begun since */
    boolean reopen(long id, boolean rollingBack, UUID lease, Duration leasedFor) {
        return jdbc.update(
                        "update workflow set state = 'running', rolling_back = ?, detail = null, ended_at = null, due_at = now(),"
                                + " lease = ?, leased_until = now() + ? * interval '1 millisecond'"
                                + " where id = ? and state = 'failed'",
                        rollingBack,
                        lease,
                        leasedFor.toMillis(),
                        id)
                > 0;
    }

    private static Workflow workflow(ResultSet row, List<StoredStep> steps) throws SQLException {
        return new Workflow(
                row.getLong("id"),
                Words.parse(WorkflowKind.class, row.getString("kind")),
                row.getLong("service_id"),
                Json.read(row.getString("wishes"), Wishes.class),
                row.getString("actor"),
                row.getString("reason"),
                row.getString("fingerprint"),
                row.getString("state"),
                row.getBoolean("rolling_back"),
                row.getString("detail"),
                row.getTimestamp("started_at").toInstant(),
                instant(row, "ended_at"),
                steps);
    }

    private static StoredStep step(ResultSet row) throws SQLException {
        return new StoredStep(
                row.getInt("position"),
                Words.parse(PlannedStep.Action.class, row.getString("action")),
                row.getString("title"),
                Json.map(row.getString("parameters")),
                Json.map(row.getString("before")),
                Json.map(row.getString("after")),
                row.getString("state"),
                row.getInt("attempts"),
                row.getString("detail"),
                Json.map(row.getString("result")),
                instant(row, "started_at"),
                instant(row, "ended_at"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }
}
