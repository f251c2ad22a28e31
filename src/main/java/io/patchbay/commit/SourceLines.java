package io.patchbay.commit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What waits, in one line per source. Every operation takes the same short time, however many sources there are: the lines
 * are kept ordered by length, and a length changes by one at a time.
 */
final class SourceLines<E> {
    private static final class Line<E> {
        final long source;
        final ArrayDeque<E> entries = new ArrayDeque<>();
        int place;
        boolean inTurns;

        Line(long source) {
            this.source = source;
        }
    }

    private final Map<Long, Line<E>> bySource = new HashMap<>();
    /** Whose turn is next; may hold a line that has been emptied since. */
    private final ArrayDeque<Line<E>> turns = new ArrayDeque<>();
    /** The lines that are not empty, the longest first. */
    private final List<Line<E>> byLength = new ArrayList<>();
    /** At n: how many lines are longer than n, which is the place of the first with length n. */
    private int[] longerThan = new int[64];

    private int size;

    int size() {
        return size;
    }

    int length(long source) {
        Line<E> line = bySource.get(source);
        return line == null ? 0 : line.entries.size();
    }

    int longest() {
        return byLength.isEmpty() ? 0 : byLength.getFirst().entries.size();
    }

    void add(E entry, long source) {
        Line<E> line = bySource.computeIfAbsent(source, Line::new);
        grow(line);
        line.entries.addLast(entry);
        size++;
        if (!line.inTurns) {
            line.inTurns = true;
            turns.addLast(line);
        }
    }

    /** The oldest of the source whose turn it is, which then goes to the end; null when nothing waits. */
    E poll() {
        Line<E> line = turns.pollFirst();
        while (line != null && line.entries.isEmpty()) {
            forget(line);
            line = turns.pollFirst();
        }
        if (line == null) {
            return null;
        }
        shrink(line);
        E entry = line.entries.pollFirst();
        size--;
        if (line.entries.isEmpty()) {
            forget(line);
        } else {
            turns.addLast(line);
        }
        return entry;
    }

    /** The newest of the source with the most; null when nothing waits. */
    E removeNewestOfLongest() {
        if (byLength.isEmpty()) {
            return null;
        }
        Line<E> line = byLength.getFirst();
        shrink(line);
        size--;
        return line.entries.pollLast();
    }

    private void forget(Line<E> line) {
        line.inTurns = false;
        bySource.remove(line.source);
    }

    private void grow(Line<E> line) {
        int length = line.entries.size();
        if (length == longerThan.length) {
            longerThan = Arrays.copyOf(longerThan, length * 2);
        }
        if (length == 0) {
            line.place = byLength.size();
            byLength.add(line);
        }
        moveTo(longerThan[length]++, line);
    }

    private void shrink(Line<E> line) {
        int length = line.entries.size();
        moveTo(--longerThan[length - 1], line);
        if (length == 1) {
            byLength.removeLast();
        }
    }

    private void moveTo(int place, Line<E> line) {
        Line<E> other = byLength.get(place);
        byLength.set(line.place, other);
        other.place = line.place;
        byLength.set(place, line);
        line.place = place;
    }
}
