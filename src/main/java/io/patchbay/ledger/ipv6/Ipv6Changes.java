package io.patchbay.ledger.ipv6;

import io.patchbay.event.Actor;
import io.patchbay.event.EventLog;
import io.patchbay.event.EventType;
import io.patchbay.ledger.LedgerConflict;
import java.util.Map;

/** Writes mode and state, each change with its event: what was and what is. Always in a transaction. */
final class Ipv6Changes {
    private final Ipv6Rows rows;
    private final EventLog events;

    Ipv6Changes(Ipv6Rows rows, EventLog events) {
        this.rows = rows;
        this.events = events;
    }

    /**
     * @param reason a sentence; null for none
     * @throws LedgerConflict when that state does not follow
     */
    Ipv6Standing to(Ipv6State next, String reason, Ipv6Standing before, Actor actor) {
        if (!before.state().mayBecome(next)) {
            throw new LedgerConflict("IPv6 of service " + before.serviceId() + " is "
                    + before.state().word() + ", which does not become " + next.word() + ".");
        }
        rows.setState(before.serviceId(), next, reason);
        return tell(before, actor);
    }

    /** Another reason for the state that it is in. */
    Ipv6Standing because(String reason, Ipv6Standing before, Actor actor) {
        if (reason.equals(before.row().reason())) {
            return before;
        }
        rows.setState(before.serviceId(), before.state(), reason);
        return tell(before, actor);
    }

    /** Makes the row, or gives it another wish. */
    Ipv6Standing wish(Ipv6Mode mode, Ipv6Wish wish, Ipv6Standing before, Actor actor) {
        rows.put(before.serviceId(), mode, wish);
        return tell(before, actor);
    }

    /** What changed since, if anything did; what changes no reply need not reach a session. */
    Ipv6Standing tell(Ipv6Standing before, Actor actor) {
        Ipv6Standing after = rows.read(before.serviceId());
        Map<String, Object> was = before.facts();
        Map<String, Object> is = after.facts();
        Map<String, Object> unchanged = Map.copyOf(was);
        was.entrySet().removeIf(entry -> entry.getValue().equals(is.get(entry.getKey())));
        is.entrySet().removeIf(entry -> entry.getValue().equals(unchanged.get(entry.getKey())));
        if (!was.isEmpty() || !is.isEmpty()) {
            boolean isHeard = !before.answered().equals(after.answered());
            EventType type = isHeard ? EventType.SERVICE_CHANGED : EventType.SERVICE_OBSERVED;
            events.append(actor, type, before.serviceId(), was, is);
        }
        return after;
    }
}
