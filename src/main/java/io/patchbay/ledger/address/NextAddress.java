package io.patchbay.ledger.address;

import io.patchbay.event.Actor;
import io.patchbay.event.EventLog;
import io.patchbay.event.EventType;
import io.patchbay.ledger.LedgerConflict;
import io.patchbay.ledger.PoolExhausted;
import io.patchbay.wire.IpPrefix;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;

/** The next free of a pool that nobody uses. */
final class NextAddress {
    /** After this it is looked at again whether somebody uses it still. */
    private static final Duration IN_USE = Duration.ofHours(1);

    /** So many in a row that somebody uses are no accident, and nobody should wait for the rest of a pool to be looked at. */
    private static final int MOST_IN_USE = 200;

    private final JdbcTemplate jdbc;
    private final EventLog events;
    private final AddressHolds holds;
    private final LiveUse liveUse;

    NextAddress(JdbcTemplate jdbc, EventLog events, AddressHolds holds, LiveUse liveUse) {
        this.jdbc = jdbc;
        this.events = events;
        this.holds = holds;
        this.liveUse = liveUse;
    }

    /** @throws PoolExhausted when nothing of this length is left, and nothing that is held is due to be free */
    IpPrefix of(AddressPool pool, int length, long serviceId, Actor actor) {
        for (int inUse = 0; inUse < MOST_IN_USE; inUse++) {
            IpPrefix free = free(pool, length);
            Optional<String> use = liveUse.byAnother(free, Set.of(serviceId));
            if (use.isEmpty()) {
                return free;
            }
            long hold = holds.insert(
                    pool.id(),
                    pool.vrfId(),
                    free,
                    HoldReason.IN_USE,
                    null,
                    null,
                    Instant.now().plus(IN_USE),
                    use.get(),
                    actor);
            events.append(
                    actor,
                    EventType.ADDRESS_HOLD_CHANGED,
                    hold,
                    Map.of(),
                    Map.of("prefix", free.toString(), "reason", "in-use", "note", use.get()));
        }
        throw new LedgerConflict("The next " + MOST_IN_USE + " of the pool '" + pool.name()
                + "' are all in use by sessions of others. Are they assigned elsewhere?");
    }

    private IpPrefix free(AddressPool pool, int length) {
        String free = next(pool, length);
        while (free == null && holds.endDue(pool.id()) > 0) {
            free = next(pool, length);
        }
        if (free == null) {
            throw new PoolExhausted("The pool '" + pool.name() + "' has no /" + length + " left.");
        }
        return IpPrefix.parse(free);
    }

    private String next(AddressPool pool, int length) {
        return jdbc.queryForObject("select text(address_next(?, ?))", String.class, pool.id(), length);
    }
}
