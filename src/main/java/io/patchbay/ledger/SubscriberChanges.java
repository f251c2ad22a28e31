package io.patchbay.ledger;

import io.patchbay.event.Actor;
import io.patchbay.event.Difference;
import io.patchbay.event.EventLog;
import io.patchbay.event.EventType;
import io.patchbay.ledger.EditableRows.Column;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Subscribers without their services: made, named otherwise, removed. */
public final class SubscriberChanges {
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final EventLog events;
    private final EditableRows rows;

    public SubscriberChanges(JdbcTemplate jdbc, TransactionTemplate transaction, EventLog events) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.events = events;
        this.rows = new EditableRows(
                jdbc,
                "subscriber",
                "subscriber",
                List.of(
                        Column.readOnly("tenant", "(select t.name from tenant t where t.id = tenant_id)"),
                        Column.text("externalId", "external_id")));
    }

    /**
     * @return its id
     * @throws LedgerConflict when the tenant has a subscriber with this external id
     */
    public long create(long tenantId, String externalId, Actor actor) {
        return refusingTwins(
                externalId,
                () -> transaction.execute(status -> {
                    long id = rows.insert(Map.of("externalId", externalId), Map.of("tenant_id", tenantId));
                    events.append(
                            actor,
                            EventType.SUBSCRIBER_CHANGED,
                            id,
                            Map.of(),
                            rows.get(id).told());
                    return id;
                }));
    }

    /**
     * @throws LedgerNotFound when there is none
     * @throws LedgerConflict when the tenant has another subscriber with this external id
     */
    public void rename(long id, String externalId, Actor actor) {
        refusingTwins(
                externalId,
                () -> transaction.execute(status -> {
                    Difference change = rows.update(rows.lock(id), Map.of("externalId", externalId));
                    if (!change.isEmpty()) {
                        events.append(actor, EventType.SUBSCRIBER_CHANGED, id, change);
                    }
                    return id;
                }));
    }

    /** With its tokens. @throws LedgerConflict when it has services */
    public void remove(long id, Actor actor) {
        transaction.executeWithoutResult(status -> {
            CatalogueRow before = rows.lock(id);
            References.requireNone(
                    jdbc,
                    "subscriber '" + before.text("externalId") + "'",
                    "subscriber_id",
                    id,
                    Map.of("service", "services"));
            rows.delete(id);
            events.append(actor, EventType.SUBSCRIBER_CHANGED, id, before.told(), Map.of());
        });
    }

    private static long refusingTwins(String externalId, Supplier<Long> change) {
        try {
            return change.get();
        } catch (DuplicateKeyException twin) {
            throw new LedgerConflict("The tenant has a subscriber with the external id '" + externalId + "' already.");
        }
    }
}
