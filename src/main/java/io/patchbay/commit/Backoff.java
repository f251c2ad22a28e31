package io.patchbay.commit;

/** 100 ms, and twice as long each time, up to 5 s. */
final class Backoff {
    private static final long FIRST_MILLISECONDS = 100;
    private static final long LONGEST_MILLISECONDS = 5_000;

    private long next = FIRST_MILLISECONDS;

    long next() {
        long now = next;
        next = Math.min(2 * next, LONGEST_MILLISECONDS);
        return now;
    }

    void reset() {
        next = FIRST_MILLISECONDS;
    }
}
