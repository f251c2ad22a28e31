package io.patchbay.commit;

import java.time.Duration;

/**
 * How a {@link GroupCommit} works.
 *
 * @param name tells it from others in metrics, thread names and sentences: {@code accounting}
 * @param writers threads that store, each its own part of what comes, 1 to 16; 2 let one wait for the disk while the other
 *     prepares
 * @param groupSize most items of one group, at least 8
 * @param pace how far apart the groups of a writer begin at least, 0 to 100 ms: what comes within it is stored together
 * @param queue items that may wait, of all writers together, at least 16 a writer
 * @param patience how long a sender waits before it asks again: what is older when its turn comes is not stored; at least 1 ms
 */
public record CommitSettings(String name, int writers, int groupSize, Duration pace, int queue, Duration patience) {
    public CommitSettings {
        if (name.isBlank()) {
            throw new IllegalArgumentException("A group commit needs a name.");
        }
        if (writers < 1 || writers > 16) {
            throw new IllegalArgumentException("There are 1 to 16 writers, not " + writers + ".");
        }
        if (groupSize < 8) {
            throw new IllegalArgumentException("A group holds at least 8 items, not " + groupSize + ".");
        }
        if (pace.isNegative() || pace.toMillis() > 100) {
            throw new IllegalArgumentException("Groups begin 0 to 100 ms apart, not " + pace + ".");
        }
        if (queue < 16 * writers) {
            throw new IllegalArgumentException("The queue holds at least 16 items a writer, not " + queue + " in all.");
        }
        if (patience.toMillis() < 1) {
            throw new IllegalArgumentException("A sender's patience is at least 1 ms, not " + patience + ".");
        }
    }
}
