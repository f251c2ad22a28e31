package io.patchbay.ledger.netbox;

import io.patchbay.event.Actor;
import io.patchbay.event.EventLog;
import io.patchbay.event.EventType;
import io.patchbay.ledger.LedgerNotFound;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** The conflicts: found once, however often they are seen, until somebody resolves them or they end by themselves. */
public final class NetBoxConflicts {
    private static final String OPEN = "open";

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final EventLog events;

    public NetBoxConflicts(JdbcTemplate jdbc, TransactionTemplate transaction, EventLog events) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.events = events;
    }

    /** Writes it down, and an event when it is new. Joins the caller's transaction. */
    public void found(ConflictFound conflict) {
        transaction.executeWithoutResult(status -> {
            List<Long> added = jdbc.queryForList(
                    """
                    insert into netbox_conflict as c (kind, object_type, netbox_id, service_id, pool_id, claim_key,
                        ledger_value, netbox_value, reason)
                    values (?, ?, ?::bigint, ?::bigint, ?::bigint, ?, ?, ?, ?)
                    on conflict (kind, object_type, coalesce(netbox_id, 0), coalesce(service_id, 0), coalesce(pool_id, 0),
                        coalesce(ledger_value, '')) where state = 'open'
                    do update set seen_at = now(), netbox_value = excluded.netbox_value, reason = excluded.reason
                    returning case when xmax = 0 then id end""",
                    Long.class,
                    conflict.kind().word(),
                    TypeWords.of(conflict.type()),
                    conflict.netBoxId(),
                    conflict.serviceId(),
                    conflict.poolId(),
                    conflict.claimKey(),
                    conflict.ledgerValue(),
                    conflict.netBoxValue(),
                    conflict.reason());
            if (added.getFirst() != null) {
                events.append(Actor.NETBOX, EventType.NETBOX_CONFLICT, added.getFirst(), detail(conflict));
            }
        });
    }

    private static Map<String, Object> detail(ConflictFound conflict) {
        Map<String, Object> detail = new HashMap<>();
        detail.put("kind", conflict.kind().word());
        detail.put("reason", conflict.reason());
        detail.put("serviceId", conflict.serviceId());
        detail.put("poolId", conflict.poolId());
        detail.put("ledgerValue", conflict.ledgerValue());
        detail.put("netBoxValue", conflict.netBoxValue());
        detail.values().removeIf(java.util.Objects::isNull);
        return detail;
    }

    /** Those of a service that are no more: what was in the way is gone. */
    public void endedOfService(long serviceId, ConflictFound.Kind kind) {
        jdbc.update(
                "update netbox_conflict set state = 'gone', resolved_at = now() where state = 'open' and service_id = ? and kind = ?",
                serviceId,
                kind.word());
    }

    /** Services that an object of NetBox is in conflict with. */
    List<Long> servicesOfObject(String objectType, long netBoxId) {
        return jdbc.queryForList(
                "select service_id from netbox_conflict where state = 'open' and service_id is not null"
                        + " and object_type = ? and netbox_id = ?",
                Long.class,
                objectType,
                netBoxId);
    }

    /** Those about an object of NetBox that is no more; but a block that is in use stays one without it. */
    public void endedOfObject(String objectType, long netBoxId) {
        jdbc.update(
                "update netbox_conflict set state = 'gone', resolved_at = now()"
                        + " where state = 'open' and object_type = ? and netbox_id = ? and kind <> ?",
                objectType,
                netBoxId,
                ConflictFound.Kind.BLOCK_REMOVED.word());
    }

    /** The block that was in use is no more. */
    void endedOfBlock(long poolId, String prefix) {
        jdbc.update(
                "update netbox_conflict set state = 'gone', resolved_at = now()"
                        + " where state = 'open' and kind = ? and pool_id = ? and ledger_value = ?",
                ConflictFound.Kind.BLOCK_REMOVED.word(),
                poolId,
                prefix);
    }

    /** @param state null for all; @param after the id of the last of the page before, 0 for the first */
    public List<NetBoxConflict> list(String state, long after, int limit) {
        return jdbc.query(
                "select * from netbox_conflict where (?::text is null or state = ?) and id > ? order by id limit ?",
                (row, number) -> read(row),
                state,
                state,
                after,
                limit);
    }

    /** @throws LedgerNotFound when there is none */
    public NetBoxConflict get(long id) {
        return jdbc.query("select * from netbox_conflict where id = ?", (row, number) -> read(row), id).stream()
                .findFirst()
                .orElseThrow(() -> new LedgerNotFound("There is no conflict " + id + "."));
    }

    public long countOpen() {
        return jdbc.queryForObject("select count(*) from netbox_conflict where state = 'open'", Long.class);
    }

    /** Joins the caller's transaction. @return false when somebody else has resolved it */
    boolean close(NetBoxConflict conflict, String state, Actor actor) {
        return transaction.execute(status -> {
            int closed = jdbc.update(
                    "update netbox_conflict set state = ?, resolved_at = now(), resolved_by = ? where id = ? and state = ?",
                    state,
                    actor.name(),
                    conflict.id(),
                    OPEN);
            if (closed > 0) {
                events.append(
                        actor, EventType.NETBOX_CONFLICT, conflict.id(), Map.of("state", OPEN), Map.of("state", state));
            }
            return closed > 0;
        });
    }

    private static NetBoxConflict read(ResultSet row) throws SQLException {
        return new NetBoxConflict(
                row.getLong("id"),
                row.getString("kind"),
                row.getString("object_type"),
                row.getObject("netbox_id", Long.class),
                row.getObject("service_id", Long.class),
                row.getObject("pool_id", Long.class),
                row.getString("claim_key"),
                row.getString("ledger_value"),
                row.getString("netbox_value"),
                row.getString("reason"),
                row.getString("state"),
                instant(row.getTimestamp("created_at")),
                instant(row.getTimestamp("seen_at")),
                instant(row.getTimestamp("resolved_at")),
                row.getString("resolved_by"));
    }

    private static Instant instant(Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }
}
