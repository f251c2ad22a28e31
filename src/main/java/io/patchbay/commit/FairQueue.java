package io.patchbay.commit;

import io.patchbay.commit.Committable.Urgency;

/**
 * A bounded queue in which nobody crowds out another. Sources take turns, and when it is full the source with the most in
 * it gives way. FIRST displaces LATER, but an eighth of the places is LATER's own, so that an endless FIRST does not silence
 * it. Not for several threads at once.
 *
 * <p>Of one source and one urgency what comes first leaves first.
 */
final class FairQueue<E> {
    /** One part in eight, of places here and of a group in {@link Writer}, is LATER's whatever FIRST does. */
    static final int LATERS_PART = 8;

    private final int capacity;
    private final int latersOwn;
    private final SourceLines<E> first = new SourceLines<>();
    private final SourceLines<E> later = new SourceLines<>();

    /** @param capacity at least 1 */
    FairQueue(int capacity) {
        this.capacity = capacity;
        this.latersOwn = capacity / LATERS_PART;
    }

    /** What has no place now: null when there was one, else a displaced entry or the entry itself. */
    E offer(E entry, Urgency urgency, long source) {
        SourceLines<E> own = lines(urgency);
        E displaced = size() < capacity ? null : makeRoom(own, source);
        if (displaced == null && size() >= capacity) {
            return entry;
        }
        own.add(entry, source);
        return displaced;
    }

    private E makeRoom(SourceLines<E> own, long source) {
        if (own == first && later.size() > latersOwn) {
            return later.removeNewestOfLongest();
        }
        if (own == later && later.size() < latersOwn) {
            return first.removeNewestOfLongest();
        }
        // Taken only where it makes the lengths more even, else two sources would displace each other for ever.
        return own.length(source) + 1 < own.longest() ? own.removeNewestOfLongest() : null;
    }

    /** The oldest entry of the source whose turn it is; null when there is none of this urgency. */
    E poll(Urgency urgency) {
        return lines(urgency).poll();
    }

    int size(Urgency urgency) {
        return lines(urgency).size();
    }

    int size() {
        return first.size() + later.size();
    }

    private SourceLines<E> lines(Urgency urgency) {
        return switch (urgency) {
            case FIRST -> first;
            case LATER -> later;
        };
    }
}
