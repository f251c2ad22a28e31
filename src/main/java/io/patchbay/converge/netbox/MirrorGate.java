package io.patchbay.converge.netbox;

import io.patchbay.netbox.NetBox;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Whether NetBox is worth asking: after it was found away, one question now and then, instead of one for each that waits. */
public final class MirrorGate {
    private final NetBox netBox;
    private final Duration pause;
    private final InstantSource clock;
    private String why;
    private Instant since;
    private Instant nextLook = Instant.MIN;

    MirrorGate(NetBox netBox, Duration pause, InstantSource clock) {
        this.netBox = netBox;
        this.pause = pause;
        this.clock = clock;
    }

    /** Asks NetBox when it is time to; blocks then. */
    boolean isOpen() {
        if (!netBox.isConfigured()) {
            return false;
        }
        synchronized (this) {
            if (why == null) {
                return true;
            }
            if (clock.instant().isBefore(nextLook)) {
                return false;
            }
            nextLook = clock.instant().plus(pause);
        }
        boolean there = netBox.status().isDone();
        synchronized (this) {
            if (there) {
                why = null;
                since = null;
            }
        }
        return there;
    }

    synchronized void away(String reason) {
        if (why == null) {
            since = clock.instant();
        }
        why = reason;
        nextLook = clock.instant().plus(pause);
    }

    /** Why nothing is mirrored just now; null while it is. */
    public synchronized String why() {
        return why;
    }

    /** Since when; null while NetBox is there. */
    public synchronized Instant since() {
        return since;
    }
}
