package io.patchbay.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.commit.Journal.Segment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Appends and removes, and knows at each moment what was acknowledged and what was stored; judges what a journal gives back
 * after whatever happened.
 */
final class JournalRun {
    /** Two to three entries make a segment of 4 KiB. */
    static final JournalSettings SETTINGS = new JournalSettings(64 * 1024, 0, 4 * 1024);

    private final FakeFiles files;
    private final Journal journal;
    private final Map<String, Integer> offered = new HashMap<>();
    private final List<String> acknowledged = new ArrayList<>();
    private final Set<String> removed = new HashSet<>();
    private int number;

    JournalRun(FakeFiles files) throws IOException {
        this.files = files;
        this.journal = new Journal(files, SETTINGS);
    }

    Journal journal() {
        return journal;
    }

    List<String> acknowledged() {
        return acknowledged;
    }

    /** Whether it was acknowledged. */
    boolean append(int entries) {
        List<byte[]> group = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < entries; i++) {
            String entry = "entry " + number + " " + "x".repeat(number * 137 % 1500);
            offered.put(entry, number++);
            names.add(entry);
            group.add(entry.getBytes(StandardCharsets.UTF_8));
        }
        try {
            journal.append(group);
        } catch (IOException notAcknowledged) {
            return false;
        }
        acknowledged.addAll(names);
        return true;
    }

    /** Reads the oldest segment, as if to store it, and removes it. */
    List<String> drainOne() {
        Segment oldest = journal.oldest();
        if (oldest == null) {
            return List.of();
        }
        List<String> read;
        try {
            read = text(journal.read(oldest));
        } catch (IOException later) {
            return List.of();
        }
        removed.addAll(read);
        journal.remove(oldest, false);
        return read;
    }

    /** Nothing acknowledged is missing, nothing is damaged, and the order is that of the appends. */
    void judge(FakeFiles afterwards) throws IOException {
        Journal recovered = new Journal(afterwards, SETTINGS);
        List<String> found = drainAll(recovered);
        assertThat(offered.keySet()).as("all are as they were written").containsAll(found);
        assertThat(found.stream().map(offered::get).toList())
                .as("order")
                .isSorted()
                .doesNotHaveDuplicates();
        Set<String> missing = new HashSet<>(acknowledged);
        missing.removeAll(removed);
        missing.removeAll(found);
        assertThat(missing).as("acknowledged, not stored, and gone").isEmpty();
        assertThat(recovered.bytes()).isZero();
        assertThat(recovered.entries()).isZero();
    }

    void judgeAfterPowerCut(int survivingBytes, boolean names) throws IOException {
        judge(files.afterPowerCut(survivingBytes, names));
    }

    static List<String> drainAll(Journal journal) throws IOException {
        List<String> found = new ArrayList<>();
        for (Segment next = journal.oldest(); next != null; next = journal.oldest()) {
            found.addAll(text(journal.read(next)));
            journal.remove(next, false);
        }
        return found;
    }

    static List<String> text(SegmentFormat.Content content) {
        return content.entries().stream()
                .map(entry -> new String(entry, StandardCharsets.UTF_8))
                .toList();
    }
}
