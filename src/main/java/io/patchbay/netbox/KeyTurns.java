package io.patchbay.netbox;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Within this hub one call at a time for each key; others wait for their turn. */
final class KeyTurns {
    private static final class Turn {
        private final ReentrantLock lock = new ReentrantLock(true);
        private int users;
    }

    private final ConcurrentHashMap<String, Turn> turns = new ConcurrentHashMap<>();

    /** @return what {@code work} gives, or what {@code late} gives when its turn did not come in time */
    <T> T inTurn(String key, Deadline deadline, Supplier<T> work, Supplier<T> late) {
        Turn turn = turns.compute(key, (same, present) -> {
            Turn shared = present == null ? new Turn() : present;
            shared.users++;
            return shared;
        });
        try {
            if (!turn.lock.tryLock(deadline.leftMillis(), TimeUnit.MILLISECONDS)) {
                return late.get();
            }
            try {
                return work.get();
            } finally {
                turn.lock.unlock();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return late.get();
        } finally {
            turns.compute(key, (same, shared) -> --shared.users == 0 ? null : shared);
        }
    }

    /** How many keys have a turn or wait for one. */
    int size() {
        return turns.size();
    }
}
