package io.patchbay.ledger.workflow;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Who knows of lines from which somebody asked and on which nobody lives: the room's port to what was seen. */
public interface UnknownLines {
    /**
     * Those last seen first, before a moment and an id.
     *
     * @param before of the last one of the page before; null for the first page
     */
    List<UnknownLine> recent(Instant before, long beforeId, int limit);

    /** @return empty when there is no such sighting, or somebody lives there by now */
    Optional<UnknownLine> find(long sightingId);
}
