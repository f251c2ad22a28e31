package io.patchbay.ledger.address;

import io.patchbay.event.Actor;
import io.patchbay.event.EventLog;
import io.patchbay.event.EventType;
import io.patchbay.ledger.LedgerConflict;
import io.patchbay.ledger.LedgerInvalid;
import io.patchbay.ledger.LedgerNotFound;
import io.patchbay.ledger.PoolExhausted;
import io.patchbay.wire.IpPrefix;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;

/** What is kept in a pool for a service, which takes it up by being assigned it, or for what a note says. */
public final class Reservations {
    private final JdbcTemplate jdbc;
    private final AddressTransactions transactions;
    private final EventLog events;
    private final AddressPools pools;
    private final AddressHolds holds;
    private final NextAddress next;
    private final LiveUse liveUse;

    Reservations(
            JdbcTemplate jdbc,
            AddressTransactions transactions,
            EventLog events,
            AddressPools pools,
            AddressHolds holds,
            LiveUse liveUse) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.events = events;
        this.pools = pools;
        this.holds = holds;
        this.next = new NextAddress(jdbc, events, holds, liveUse);
        this.liveUse = liveUse;
    }

    /**
     * @param prefix null: the next free
     * @param length of the next free; null: the pool's
     * @param serviceId for whom; null: for what the note says
     * @param until null: until it is given up
     */
    public record Wish(long poolId, IpPrefix prefix, Integer length, Long serviceId, Instant until, String note) {}

    /**
     * @throws LedgerNotFound when there is no such pool
     * @throws LedgerInvalid when it is outside the pool, or has ended already, or is for nobody
     * @throws LedgerConflict naming who has it
     * @throws PoolExhausted when nothing is left
     */
    public AddressHold reserve(Wish wish, Actor actor) {
        if (wish.serviceId() == null && (wish.note() == null || wish.note().isBlank())) {
            throw new LedgerInvalid("A reservation is for a service, or has a note that says for what.");
        }
        if (wish.until() != null && !wish.until().isAfter(Instant.now())) {
            throw new LedgerInvalid("until: " + wish.until() + " is over.");
        }
        return transactions.run(() -> {
            AddressPool pool = pools.get(wish.poolId());
            PoolParts.requireOwnChoice(pool);
            if (wish.serviceId() != null) {
                ServiceRow.lock(jdbc, wish.serviceId()).get(wish.serviceId()).requireTenant(pool);
            }
            IpPrefix prefix = choose(pool, wish, actor);
            long id = holds.insert(
                    pool.id(),
                    pool.vrfId(),
                    prefix,
                    HoldReason.RESERVATION,
                    wish.serviceId(),
                    null,
                    wish.until(),
                    wish.note(),
                    actor);
            if (id == 0) {
                throw new LedgerInvalid(prefix + " does not lie in a block of the pool '" + pool.name() + "'.");
            }
            AddressHold made = holds.get(id);
            events.append(actor, EventType.ADDRESS_HOLD_CHANGED, id, Map.of(), AddressHolds.told(made));
            return made;
        });
    }

    /** @throws LedgerNotFound when there is no such reservation */
    public void giveUp(long id, Actor actor) {
        transactions.run(() -> {
            get(id);
            holds.end(id, actor);
            return null;
        });
    }

    /** @throws LedgerNotFound when there is no such reservation */
    public AddressHold get(long id) {
        AddressHold hold = holds.get(id);
        if (hold.reason() != HoldReason.RESERVATION) {
            throw new LedgerNotFound("There is no reservation " + id + ".");
        }
        return hold;
    }

    /**
     * @param poolId null for all, likewise serviceId
     * @param after the last id of the page before, 0 for the first
     */
    public List<AddressHold> find(Long poolId, Long serviceId, long after, int limit) {
        return jdbc.query(
                AddressRows.HELD + "where reason = 'reservation' and (?::bigint is null or pool_id = ?)"
                        + " and (?::bigint is null or service_id = ?) and id > ? order by id limit ?",
                AddressRows.HOLD,
                poolId,
                poolId,
                serviceId,
                serviceId,
                after,
                limit);
    }

    private IpPrefix choose(AddressPool pool, Wish wish, Actor actor) {
        long serviceId = wish.serviceId() == null ? 0 : wish.serviceId();
        if (wish.prefix() == null) {
            int length = wish.length() == null ? pool.assignedLength() : wish.length();
            if (length < 0 || length > (pool.kind().isV6() ? 128 : 32)) {
                throw new LedgerInvalid("length: /" + length + " is none of the pool's family.");
            }
            return next.of(pool, length, serviceId, actor);
        }
        holds.endDue(pool.vrfId(), wish.prefix());
        liveUse.byAnother(wish.prefix(), Set.of(serviceId)).ifPresent(use -> {
            throw new LedgerConflict(wish.prefix() + " is not free: " + use + ".");
        });
        return wish.prefix();
    }
}
