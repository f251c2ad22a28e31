package io.patchbay.access;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Who waits beside the event loop, fairly: a NAS may have as many waiting as there are places left. One alone gets half of
 * the room, two a third each, and whoever comes last still finds a place; a NAS whose 50,000 subscribers log in at once does
 * not keep those of the others waiting.
 */
final class WaitingRoom {
    private final int places;
    private final AtomicInteger waiting = new AtomicInteger();
    private final Map<Long, AtomicInteger> byNas = new ConcurrentHashMap<>();

    /** @param places how many may wait at once; best not more than the queue behind holds */
    WaitingRoom(int places) {
        this.places = places;
    }

    /** @return false when this NAS has its share already */
    boolean enter(long nasId) {
        AtomicInteger own = byNas.computeIfAbsent(nasId, nas -> new AtomicInteger());
        if (own.get() >= places - waiting.get()) {
            return false;
        }
        own.incrementAndGet();
        waiting.incrementAndGet();
        return true;
    }

    /** Once for each that entered. */
    void leave(long nasId) {
        byNas.get(nasId).decrementAndGet();
        waiting.decrementAndGet();
    }

    int waiting() {
        return waiting.get();
    }
}
