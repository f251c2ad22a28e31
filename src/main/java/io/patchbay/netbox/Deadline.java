package io.patchbay.netbox;

import java.time.Duration;

/** When one call of the hub to NetBox, with all it takes, must be over. */
record Deadline(long atNanos) {
    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** Never negative. */
    long leftMillis() {
        return Math.max(0, (atNanos - System.nanoTime()) / 1_000_000);
    }

    boolean isOver() {
        return leftMillis() == 0;
    }

    /** Waits, but not beyond this. @return whether there is time left, and nobody wants the thread to end */
    boolean pause(Duration time) {
        try {
            Thread.sleep(Math.min(time.toMillis(), leftMillis()));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
        return !isOver();
    }
}
