package io.patchbay.sighting;

import io.patchbay.binding.Sighting;
import java.time.Instant;

/** One distinct sighting and how often it was seen since the last flush. Used by the writer's thread only. */
final class SightingTally {
    private final SightingIdentity identity;
    private final String nasName;
    private final Instant firstSeen;
    private Instant lastSeen;
    private long times;

    SightingTally(SightingIdentity identity, Sighting sighting) {
        this.identity = identity;
        this.nasName = sighting.nas().name();
        this.firstSeen = sighting.at();
        this.lastSeen = sighting.at();
    }

    void add(Instant at) {
        times++;
        if (at.isAfter(lastSeen)) {
            lastSeen = at;
        }
    }

    SightingIdentity identity() {
        return identity;
    }

    String nasName() {
        return nasName;
    }

    Instant firstSeen() {
        return firstSeen;
    }

    Instant lastSeen() {
        return lastSeen;
    }

    long times() {
        return times;
    }
}
