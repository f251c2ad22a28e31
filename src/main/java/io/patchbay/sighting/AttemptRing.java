package io.patchbay.sighting;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A bounded queue without a lock, for many threads that put and one that takes: an event loop that puts never waits for the
 * writer, and wakes nobody.
 */
final class AttemptRing {
    private final AtomicReferenceArray<AuthenticationAttempt> slots;
    private final int mask;
    private final AtomicLong put = new AtomicLong();
    private final AtomicLong taken = new AtomicLong();

    /** @param capacity rounded up to a power of two */
    AttemptRing(int capacity) {
        int size = Integer.highestOneBit(capacity * 2 - 1);
        slots = new AtomicReferenceArray<>(size);
        mask = size - 1;
    }

    /** @return false when there is no room */
    boolean offer(AuthenticationAttempt attempt) {
        long at;
        do {
            at = put.get();
            if (at - taken.get() > mask) {
                return false;
            }
        } while (!put.compareAndSet(at, at + 1));
        slots.setRelease((int) at & mask, attempt);
        return true;
    }

    /** By the one thread that takes. @return null when there is none, or the next is just being put */
    AuthenticationAttempt poll() {
        long at = taken.get();
        int slot = (int) at & mask;
        AuthenticationAttempt attempt = slots.getAcquire(slot);
        if (attempt != null) {
            // Emptied before it is given back, so that who puts next finds it empty.
            slots.setRelease(slot, null);
            taken.setRelease(at + 1);
        }
        return attempt;
    }
}
