package io.patchbay.commit;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A queue of entries on disk. What {@link #append} returned from survives a power cut; it is read back in order, a segment
 * (one file) at a time, and deleted a segment at a time. An entry may come back that was never acknowledged, because a power
 * cut came between, and one that was removed, because it came before the deletion was on disk: neither may do harm.
 *
 * <p>A failed force is never taken for success nor repeated on the same file: the kernel may have dropped the pages and call
 * them clean. The segment ends where it was last forced, and the next group begins a new one.
 *
 * <p>Not for several threads at once, except {@link #read} and the gauges.
 */
final class Journal implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    /** A failing disk says so at every group. */
    private static final Quietly QUIETLY = new Quietly(Journal.class);

    private static final String SUFFIX = ".journal";
    /** What could not be stored, or read, stays beside the journal for its operator. */
    private static final String KEPT = ".kept";

    /** One file. */
    static final class Segment {
        private final long number;
        /** Null once nothing more is appended. */
        private JournalFile file;

        private volatile long length;
        private volatile int entries;

        private Segment(long number, long length) {
            this.number = number;
            this.length = length;
        }

        int entries() {
            return entries;
        }

        String name() {
            return "%016d".formatted(number) + SUFFIX;
        }
    }

    private final JournalFiles files;
    private final JournalSettings settings;
    private final Deque<Segment> segments = new ArrayDeque<>();
    private long lastNumber;
    private volatile long bytes;
    private volatile long entries;
    private volatile int kept;
    private long tornBytes;

    /** Finds what an earlier run left. */
    Journal(JournalFiles files, JournalSettings settings) throws IOException {
        this.files = files;
        this.settings = settings;
        List<String> names = files.list();
        List<Long> numbers = names.stream()
                .filter(name -> name.matches("[0-9]{16}\\" + SUFFIX))
                .map(name -> Long.parseLong(name.substring(0, 16)))
                .sorted(Comparator.naturalOrder())
                .toList();
        kept = (int) names.stream().filter(name -> name.endsWith(KEPT)).count();
        for (long number : numbers) {
            find(number, number == numbers.getLast());
        }
        lastNumber = names.stream()
                .filter(name -> name.matches("[0-9]{16}\\..*"))
                .mapToLong(name -> Long.parseLong(name.substring(0, 16)))
                .max()
                .orElse(0);
    }

    private void find(long number, boolean last) throws IOException {
        Segment segment = new Segment(number, 0);
        byte[] found;
        try {
            found = files.read(segment.name());
        } catch (IOException failed) {
            LOG.error("{} of {} cannot be read; it is kept.", segment.name(), files.place(), failed);
            keepUnread(segment);
            return;
        }
        SegmentFormat.Content content = SegmentFormat.read(found, found.length);
        segment.length = found.length;
        segment.entries = content.entries().size();
        if (last && content.damaged() == 0 && content.end() < found.length) {
            segment.length = content.end();
            tornBytes = found.length - content.end();
            cutOff(segment);
        }
        add(segment);
    }

    /** A bad sector must not keep the hub from starting. */
    private void keepUnread(Segment segment) {
        try {
            keep(segment);
        } catch (IOException | RuntimeException failed) {
            QUIETLY.warn(segment.name() + " could not be renamed; it is tried again after a restart.", failed);
        }
    }

    /** Not needed for this run, which reads no further; a later one would take the tail for damage. */
    private void cutOff(Segment segment) {
        try {
            files.cut(segment.name(), segment.length);
        } catch (IOException | RuntimeException failed) {
            QUIETLY.warn("The torn end of " + segment.name() + " could not be cut off.", failed);
        }
    }

    private void add(Segment segment) {
        segments.addLast(segment);
        bytes += segment.length;
        entries += segment.entries;
    }

    /**
     * Adds a group; when it returns the group is on disk.
     *
     * @throws JournalFullException when there is no room; this passes by itself
     * @throws IOException when the disk fails: the group is not in the journal, though it may come back after a restart
     */
    void append(List<byte[]> group) throws IOException {
        ByteBuffer block = SegmentFormat.write(group);
        int length = block.remaining();
        demandRoom(length);
        Segment segment = segmentFor(length);
        try {
            segment.file.append(block);
            segment.file.force();
        } catch (IOException | RuntimeException failed) {
            giveUp(segment);
            throw failed;
        }
        segment.length += length;
        segment.entries += group.size();
        bytes += length;
        entries += group.size();
    }

    private void demandRoom(int length) throws IOException {
        if (bytes + SegmentFormat.HEADER_LENGTH + length > settings.maximumBytes()) {
            throw new JournalFullException("The journal in " + files.place() + " holds " + bytes
                    + " bytes and may hold " + settings.maximumBytes() + ".");
        }
        long free = files.freeBytes();
        if (free - length < settings.reserveBytes()) {
            throw new JournalFullException("The disk of " + files.place() + " has " + free + " bytes left, of which "
                    + settings.reserveBytes() + " are not for the journal.");
        }
    }

    private Segment segmentFor(int length) throws IOException {
        Segment current = segments.peekLast();
        if (current != null && current.file != null) {
            if (current.length + length <= settings.segmentBytes()) {
                return current;
            }
            seal(current);
        }
        Segment segment = new Segment(++lastNumber, SegmentFormat.HEADER_LENGTH);
        segment.file = files.create(segment.name());
        try {
            files.forceFolder();
            segment.file.append(SegmentFormat.header());
        } catch (IOException | RuntimeException failed) {
            discard(segment);
            throw failed;
        }
        add(segment);
        return segment;
    }

    /** Nothing is appended to it any more, and what lies behind the last force is cut off, as well as that works now. */
    private void giveUp(Segment segment) {
        if (segment.entries == 0) {
            segments.remove(segment);
            bytes -= segment.length;
            discard(segment);
            return;
        }
        try {
            segment.file.truncate(segment.length);
        } catch (IOException | RuntimeException failed) {
            QUIETLY.warn(
                    segment.name() + " could not be cut after its last good entry; what follows it is not read.",
                    failed);
        }
        seal(segment);
    }

    private void discard(Segment segment) {
        seal(segment);
        try {
            files.delete(segment.name());
        } catch (IOException | RuntimeException failed) {
            QUIETLY.warn(segment.name() + " of " + files.place() + " could not be deleted; it holds nothing.", failed);
        }
    }

    private void seal(Segment segment) {
        try {
            segment.file.close();
        } catch (IOException | RuntimeException failed) {
            QUIETLY.warn(segment.name() + " could not be closed; what was forced is safe.", failed);
        }
        segment.file = null;
    }

    /** The segment to be drained next, to which nothing is appended from now on; null when the journal is empty. */
    Segment oldest() {
        Segment oldest = segments.peekFirst();
        if (oldest != null && oldest.file != null) {
            seal(oldest);
        }
        return oldest;
    }

    /** What is in a segment that {@link #oldest} gave, good entries only; a missing end counts as damage. */
    SegmentFormat.Content read(Segment segment) throws IOException {
        byte[] all = files.read(segment.name());
        SegmentFormat.Content content = SegmentFormat.read(all, (int) Math.min(all.length, segment.length));
        return content.end() == segment.length
                ? content
                : new SegmentFormat.Content(content.entries(), content.damaged() + 1, content.end());
    }

    /**
     * Takes a segment out of the journal.
     *
     * @param keep whether its file stays, renamed, because not all of it could be read or stored
     */
    void remove(Segment segment, boolean keep) {
        segments.remove(segment);
        bytes -= segment.length;
        entries -= segment.entries;
        try {
            if (keep) {
                keep(segment);
            } else {
                files.delete(segment.name());
            }
            files.forceFolder();
        } catch (IOException | RuntimeException failed) {
            QUIETLY.warn(
                    segment.name() + " of " + files.place()
                            + " could not be removed; it is stored again after a restart.",
                    failed);
        }
    }

    private void keep(Segment segment) throws IOException {
        kept++;
        files.rename(segment.name(), segment.name() + KEPT);
    }

    /** What was cut off the last segment of the earlier run: a write that a power cut tore, not acknowledged. */
    long tornBytes() {
        return tornBytes;
    }

    boolean isEmpty() {
        return segments.isEmpty();
    }

    long bytes() {
        return bytes;
    }

    long entries() {
        return entries;
    }

    /** Files put aside because not all that is in them could be read or stored. */
    int kept() {
        return kept;
    }

    String place() {
        return files.place();
    }

    /** What is in it stays for the next run. */
    @Override
    public void close() {
        Segment last = segments.peekLast();
        if (last != null && last.file != null) {
            seal(last);
        }
    }
}
