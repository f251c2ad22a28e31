package io.patchbay.commit;

import io.patchbay.commit.Journal.Segment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores a journal's segments, oldest first. What is in a segment was acknowledged, so nothing of it is dropped lightly: an
 * entry is given up only while others can be stored, or after ten attempts, and then its segment's file is kept.
 */
final class Drain<T extends Committable> {
    enum Result {
        /** All of the segment is in the store. */
        DONE,
        /** What could not be stored or read never will be; the rest is in the store. */
        DONE_BUT_KEEP,
        /** The store is away, or takes nothing. */
        LATER
    }

    private static final Logger LOG = LoggerFactory.getLogger(Drain.class);
    private static final int ATTEMPTS = 10;
    /** With so many groups left the writers wait while they are stored. */
    private static final int LAST_GROUPS = 4;

    private final GroupStore<T> store;
    private final Journal journal;
    private final int groupSize;
    private final String name;
    private final Quietly log = new Quietly(Drain.class);

    /** Of the segment at hand. */
    private int stored;

    private int attempts;
    private boolean incomplete;

    Drain(GroupStore<T> store, Journal journal, int groupSize, String name) {
        this.store = store;
        this.journal = journal;
        this.groupSize = groupSize;
        this.name = name;
    }

    boolean isNearlyDone() {
        return journal.entries() <= (long) LAST_GROUPS * groupSize;
    }

    /** Stores it, or as much as goes now; when it is called again for the same segment it goes on from there. */
    Result drain(Segment segment) {
        List<T> items;
        try {
            items = read(segment);
        } catch (IOException | RuntimeException failed) {
            log.warn("The journal for " + name + " cannot be read.", failed);
            return giveUpAfterSomeAttempts(segment, failed);
        }
        while (stored < items.size()) {
            List<T> group = items.subList(stored, Math.min(items.size(), stored + groupSize));
            try {
                int refused = storeWhatGoes(group);
                if (refused == group.size() && ++attempts < ATTEMPTS) {
                    return Result.LATER;
                }
                incomplete |= refused > 0;
            } catch (StoreAwayException away) {
                return Result.LATER;
            }
            stored += group.size();
            attempts = 0;
        }
        return incomplete ? Result.DONE_BUT_KEEP : Result.DONE;
    }

    private Result giveUpAfterSomeAttempts(Segment segment, Exception failed) {
        if (++attempts < ATTEMPTS) {
            return Result.LATER;
        }
        LOG.error("{} of {} cannot be read; it is kept.", segment.name(), journal.place(), failed);
        return Result.DONE_BUT_KEEP;
    }

    /** Removes it from the journal if it is done; false when it has to be tried again. */
    boolean finish(Segment segment, Result result) {
        switch (result) {
            case LATER -> {
                return false;
            }
            case DONE -> journal.remove(segment, false);
            case DONE_BUT_KEEP -> {
                LOG.error(
                        "Not all of {} in {} could be stored, though it was acknowledged; the file is kept as *.kept.",
                        segment.name(),
                        journal.place());
                journal.remove(segment, true);
            }
        }
        stored = 0;
        attempts = 0;
        incomplete = false;
        return true;
    }

    private List<T> read(Segment segment) throws IOException {
        SegmentFormat.Content content = journal.read(segment);
        incomplete |= content.damaged() > 0;
        List<T> items = new ArrayList<>(content.entries().size());
        for (byte[] entry : content.entries()) {
            try {
                items.add(store.read(entry));
            } catch (RuntimeException notOurs) {
                incomplete = true;
                log.warn("An entry of the journal for " + name + " cannot be understood.", notOurs);
            }
        }
        return items;
    }

    /** How many could not be stored. */
    private int storeWhatGoes(List<T> group) {
        try {
            store.store(group);
            return 0;
        } catch (StoreAwayException away) {
            throw away;
        } catch (RuntimeException refused) {
            int half = group.size() / 2;
            if (half == 0) {
                log.warn("A journaled record for " + name + " cannot be stored.", refused);
                return 1;
            }
            return storeWhatGoes(group.subList(0, half)) + storeWhatGoes(group.subList(half, group.size()));
        }
    }
}
