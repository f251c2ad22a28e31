package io.patchbay.radius.coa;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** One NAS: which identifiers are taken, and who waits for one. A slot is a socket and an identifier. */
final class CoaPeer {
    static final int IDENTIFIERS = 256;

    private final int slots;
    private final Map<Integer, CoaExchange> taken = new HashMap<>();
    private final Deque<CoaExchange> waiting = new ArrayDeque<>();
    /** Round and round, so that an identifier rests for as long as can be before it is used again. */
    private int next;

    CoaPeer(int sockets) {
        this.slots = sockets * IDENTIFIERS;
    }

    /** False when every identifier is taken. */
    boolean take(CoaExchange exchange) {
        if (taken.size() == slots) {
            return false;
        }
        while (taken.containsKey(next)) {
            next = (next + 1) % slots;
        }
        exchange.slot = next;
        taken.put(next, exchange);
        next = (next + 1) % slots;
        return true;
    }

    void release(CoaExchange exchange) {
        taken.remove(exchange.slot);
    }

    CoaExchange at(int slot) {
        return taken.get(slot);
    }

    Deque<CoaExchange> waiting() {
        return waiting;
    }

    Collection<CoaExchange> sent() {
        return taken.values();
    }

    boolean isIdle() {
        return taken.isEmpty() && waiting.isEmpty();
    }
}
