package io.patchbay.ledger.selfservice;

import io.patchbay.event.Actor;
import io.patchbay.event.Difference;
import io.patchbay.event.EventLog;
import io.patchbay.event.EventType;
import io.patchbay.ledger.LedgerConflict;
import io.patchbay.ledger.LedgerInvalid;
import io.patchbay.ledger.LedgerNotFound;
import io.patchbay.ledger.Words;
import io.patchbay.ledger.address.AddressAssignments;
import io.patchbay.ledger.address.AddressKind;
import io.patchbay.ledger.address.AddressWish;
import io.patchbay.ledger.address.AssignedAddress;
import io.patchbay.wire.IpPrefix;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Requests of static addresses: recorded, shown to operators, granted or declined once. */
public final class AddressRequests {
    private static final String SELECT =
            "select id, subscriber_id, service_id, kind, note, state, created_at, decided_at,"
                    + " decided_by, answer, text(prefix) as prefix from address_request ";

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final EventLog events;
    private final AddressAssignments assignments;

    public AddressRequests(
            JdbcTemplate jdbc, TransactionTemplate transaction, EventLog events, AddressAssignments assignments) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.events = events;
        this.assignments = assignments;
    }

    /**
     * Nulls select nothing out.
     *
     * @param state waiting, granted or declined
     */
    public record Filter(Long tenantId, Long subscriberId, String state) {}

    /** In the order they were made. @param after the last id of the page before, 0 for the first page */
    public List<AddressRequest> find(Filter filter, long after, int limit) {
        return jdbc.query(
                SELECT
                        + "where id > ? and (?::bigint is null or tenant_id = ?) and (?::bigint is null or subscriber_id = ?)"
                        + " and (?::text is null or state = ?) order by id limit ?",
                (row, number) -> read(row),
                after,
                filter.tenantId(),
                filter.tenantId(),
                filter.subscriberId(),
                filter.subscriberId(),
                filter.state(),
                filter.state(),
                limit);
    }

    /** Whose it is; null when there is none. */
    public Long tenantOf(long id) {
        return jdbc.queryForList("select tenant_id from address_request where id = ?", Long.class, id).stream()
                .findFirst()
                .orElse(null);
    }

    /**
     * Records what a subscriber asks for.
     *
     * @param note null for none
     * @throws LedgerInvalid when the service is none of the subscriber's
     * @throws LedgerConflict when the service has such an address, or it was asked for and is not decided
     */
    public AddressRequest ask(long subscriberId, long serviceId, AddressKind kind, String note, Actor actor) {
        try {
            return transaction.execute(status -> {
                Long tenantId = jdbc
                        .queryForList(
                                "select tenant_id from service where id = ? and subscriber_id = ? for share",
                                Long.class,
                                serviceId,
                                subscriberId)
                        .stream()
                        .findFirst()
                        .orElseThrow(() -> new LedgerInvalid("serviceId: you have no service " + serviceId + "."));
                assignments.ofService(serviceId).stream()
                        .filter(has -> has.kind() == kind)
                        .forEach(has -> {
                            throw new LedgerConflict("The service has the " + kind.word() + " " + has.prefix() + ".");
                        });
                long id = jdbc.queryForObject(
                        "insert into address_request (tenant_id, subscriber_id, service_id, kind, note) values (?, ?, ?, ?, ?)"
                                + " returning id",
                        Long.class,
                        tenantId,
                        subscriberId,
                        serviceId,
                        kind.word(),
                        note);
                events.append(
                        actor,
                        EventType.SUBSCRIBER_CHANGED,
                        subscriberId,
                        Map.of(),
                        Map.of("addressRequest", id, "serviceId", serviceId, "kind", kind.word()));
                return get(id);
            });
        } catch (DuplicateKeyException waiting) {
            throw new LedgerConflict("This was asked for already, and is not decided yet.");
        }
    }

    /**
     * Gives what was asked for: the next free of the plan's pool, or what the operator says.
     *
     * @param poolId null for the plan's pool; likewise {@code prefix}, for the next free
     * @param answer null for none
     * @throws LedgerNotFound when there is no such request
     * @throws LedgerConflict when it is decided already, or what {@link AddressAssignments#assign} says
     */
    public AddressRequest grant(long id, Long poolId, IpPrefix prefix, String answer, Actor actor) {
        AddressRequest asked = get(id);
        AddressWish wish = new AddressWish(Words.parse(AddressKind.class, asked.kind()), poolId, prefix, null, null);
        requireWaiting(asked);
        assignments.prepare(asked.serviceId(), wish, actor);
        return transaction.execute(status -> {
            requireWaiting(lock(id));
            AssignedAddress given = assignments.assign(asked.serviceId(), wish, actor);
            return decide(asked, "granted", answer, given.prefix().toString(), actor);
        });
    }

    /** @throws LedgerNotFound when there is no such request; @throws LedgerConflict when it is decided already */
    public void requireWaiting(long id) {
        requireWaiting(get(id));
    }

    /** Likewise, and nothing is given. */
    public AddressRequest decline(long id, String answer, Actor actor) {
        return transaction.execute(status -> {
            AddressRequest asked = lock(id);
            requireWaiting(asked);
            return decide(asked, "declined", answer, null, actor);
        });
    }

    private AddressRequest decide(AddressRequest asked, String state, String answer, String prefix, Actor actor) {
        jdbc.update(
                "update address_request set state = ?, answer = ?, prefix = ?::cidr, decided_at = now(), decided_by = ?"
                        + " where id = ?",
                state,
                answer,
                prefix,
                actor.name(),
                asked.id());
        AddressRequest decided = get(asked.id());
        Difference change = Difference.between(told(asked), told(decided));
        change.before().put("addressRequest", asked.id());
        change.after().put("addressRequest", asked.id());
        events.append(actor, EventType.SUBSCRIBER_CHANGED, asked.subscriberId(), change);
        return decided;
    }

    private static Map<String, Object> told(AddressRequest request) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("state", request.state());
        told.put("prefix", request.prefix());
        told.put("answer", request.answer());
        return told;
    }

    private static void requireWaiting(AddressRequest request) {
        if (!request.state().equals("waiting")) {
            throw new LedgerConflict(
                    "This was " + request.state() + " by " + request.decidedBy() + " at " + request.decidedAt() + ".");
        }
    }

    private AddressRequest get(long id) {
        return one(SELECT + "where id = ?", id);
    }

    private AddressRequest lock(long id) {
        return one(SELECT + "where id = ? for update", id);
    }

    private AddressRequest one(String sql, long id) {
        return jdbc.query(sql, (row, number) -> read(row), id).stream()
                .findFirst()
                .orElseThrow(() -> new LedgerNotFound("There is no address request " + id + "."));
    }

    private static AddressRequest read(ResultSet row) throws SQLException {
        return new AddressRequest(
                row.getLong("id"),
                row.getLong("subscriber_id"),
                row.getLong("service_id"),
                row.getString("kind"),
                row.getString("note"),
                row.getString("state"),
                instant(row.getTimestamp("created_at")),
                instant(row.getTimestamp("decided_at")),
                row.getString("decided_by"),
                row.getString("answer"),
                row.getString("prefix"));
    }

    private static Instant instant(Timestamp moment) {
        return moment == null ? null : moment.toInstant();
    }
}
