package io.patchbay.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.commit.FakeFiles.PowerCut;
import io.patchbay.commit.Journal.Segment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class JournalTest {
    /** What one run does: groups of so many entries; 0 drains a segment. */
    private static final List<Integer> SHORT = List.of(1, 2, 1, 3, 0, 2, 1, 0, 0, 1);

    private static final List<Integer> LONG = List.of(1, 2, 1, 3, 0, 2, 1, 0, 0, 1, 5, 1, 1, 0, 4, 4, 0, 0, 0, 0, 7, 1);

    private static final int LARGEST_GROUP = 8 * 1600;

    @Test
    void whatWasAppendedIsReadBackInOrder() throws IOException {
        JournalRun run = new JournalRun(new FakeFiles());
        IntStream.range(0, 10).forEach(i -> run.append(3));

        assertThat(run.journal().entries()).isEqualTo(30);
        assertThat(JournalRun.drainAll(run.journal())).isEqualTo(run.acknowledged());
        assertThat(run.journal().isEmpty()).isTrue();
        assertThat(run.journal().bytes()).isZero();
    }

    @Test
    void theNextRunFindsWhatTheLastOneLeft() throws IOException {
        FakeFiles files = new FakeFiles();
        JournalRun run = new JournalRun(files);
        run.append(3);
        run.append(3);
        run.drainOne();
        run.append(2);
        run.journal().close();

        Journal next = new Journal(files, JournalRun.SETTINGS);
        assertThat(next.entries()).isEqualTo(run.journal().entries());
        assertThat(next.bytes()).isEqualTo(run.journal().bytes());
        run.judge(files);
    }

    @Test
    void aPowerCutAtAnyMomentLosesNothingThatWasAcknowledged() throws IOException {
        cutThePowerEverywhere(SHORT, 61);
    }

    @Test
    @Tag("long")
    void aPowerCutAtAnyMomentTearingAnywhereLosesNothingThatWasAcknowledged() throws IOException {
        cutThePowerEverywhere(LONG, 1);
    }

    private static void cutThePowerEverywhere(List<Integer> moves, int step) throws IOException {
        FakeFiles undisturbed = new FakeFiles();
        perform(new JournalRun(undisturbed), moves);
        assertThat(undisturbed.operations()).isGreaterThan(30);
        for (int operation = 0; operation <= undisturbed.operations(); operation++) {
            JournalRun run = new JournalRun(new FakeFiles().withPowerCutAt(operation));
            perform(run, moves);
            for (int surviving = 0; surviving <= LARGEST_GROUP; surviving += step) {
                run.judgeAfterPowerCut(surviving, false);
                run.judgeAfterPowerCut(surviving, true);
            }
        }
    }

    @Test
    void whicheverOperationFailsNothingAcknowledgedIsMissing() throws IOException {
        FakeFiles undisturbed = new FakeFiles();
        perform(new JournalRun(undisturbed), LONG);
        for (int failing = 0; failing < undisturbed.operations(); failing++) {
            for (int length : new int[] {1, 2, 3, 1000}) {
                int from = failing;
                FakeFiles files = new FakeFiles().failing(operation -> operation >= from && operation < from + length);
                JournalRun run = new JournalRun(files);
                perform(run, LONG);
                run.judgeAfterPowerCut(0, false);
                run.judgeAfterPowerCut(LARGEST_GROUP, true);
                run.judge(files.failing(operation -> false));
            }
        }
    }

    @Test
    void aFailedForceIsNeverTakenForSuccess() throws IOException {
        for (int failing = 0; failing < 12; failing++) {
            int force = failing;
            FakeFiles files = new FakeFiles().failingForce(number -> number == force);
            JournalRun run = new JournalRun(files);
            for (int group = 0; group < 12; group++) {
                assertThat(run.append(1)).as("group " + group).isEqualTo(group != failing);
            }
            run.judgeAfterPowerCut(0, false);
            run.judge(files);
        }
    }

    @Test
    void afterAFailedForceThatFileIsNotWrittenToAgain() throws IOException {
        FakeFiles files = new FakeFiles().failingForce(number -> number == 1);
        JournalRun run = new JournalRun(files);
        run.append(1);
        assertThat(run.append(1)).isFalse();
        run.append(1);

        assertThat(files.list()).containsExactly("0000000000000001.journal", "0000000000000002.journal");
    }

    @Test
    void aFullDiskIsSaidAndPasses() throws IOException {
        FakeFiles files = new FakeFiles();
        Journal journal = new Journal(files, new JournalSettings(64 * 1024, 1000, 4 * 1024));
        files.capacity(2000);
        journal.append(List.of(new byte[500]));
        assertThatThrownBy(() -> journal.append(List.of(new byte[500])))
                .isInstanceOf(JournalFullException.class)
                .hasMessage("The disk of the fake disk has 1484 bytes left, of which 1000 are not for the journal.");

        files.capacity(4000);
        journal.append(List.of(new byte[500]));
        assertThat(journal.entries()).isEqualTo(2);
    }

    @Test
    void aDiskThatIsFullerThanItSaysLosesNothing() throws IOException {
        for (int capacity = 0; capacity < 12_000; capacity += 137) {
            FakeFiles files = new FakeFiles();
            JournalRun run = new JournalRun(files);
            files.capacity(capacity);
            perform(run, List.of(1, 2, 1, 3, 1, 0, 1, 1));
            files.capacity(100_000);
            assertThat(run.append(2)).isTrue();
            run.judgeAfterPowerCut(0, false);
            run.judgeAfterPowerCut(LARGEST_GROUP, true);
        }
    }

    @Test
    void itIsBoundedAndTakesMoreWhenItWasDrained() throws IOException {
        Journal journal = new Journal(new FakeFiles(), JournalRun.SETTINGS);
        int taken = 0;
        try {
            for (; taken < 100; taken++) {
                journal.append(List.of(new byte[2000]));
            }
        } catch (JournalFullException full) {
            assertThat(full).hasMessageContaining("and may hold 65536.");
        }
        assertThat(taken).isEqualTo(32);
        assertThat(journal.bytes()).isLessThanOrEqualTo(65_536);

        journal.remove(journal.oldest(), false);
        journal.append(List.of(new byte[2000]));
    }

    @Test
    void aDamagedEntryCostsNoOther() throws IOException {
        FakeFiles files = new FakeFiles();
        Journal journal = new Journal(files, JournalRun.SETTINGS);
        journal.append(List.of(bytes("one"), bytes("two"), bytes("three")));
        journal.close();
        files.damage("0000000000000001.journal", 8 + 11 + 8 + 1);

        Journal next = new Journal(files, JournalRun.SETTINGS);
        Segment segment = next.oldest();
        SegmentFormat.Content content = next.read(segment);
        assertThat(JournalRun.text(content)).containsExactly("one", "three");
        assertThat(content.damaged()).isEqualTo(1);
        next.remove(segment, true);
        assertThat(files.list()).containsExactly("0000000000000001.journal.kept");
        assertThat(next.kept()).isEqualTo(1);
    }

    @Test
    void damageAnywhereInTheMiddleIsNoticedAndCostsNoOtherFile() throws IOException {
        FakeFiles original = new FakeFiles();
        JournalRun run = new JournalRun(original);
        perform(run, List.of(3, 3, 3));
        run.journal().close();
        int length = original.read("0000000000000001.journal").length;
        for (int at = 0; at < length; at++) {
            FakeFiles files = original.afterPowerCut(0, true);
            files.damage("0000000000000001.journal", at);
            Journal journal = new Journal(files, JournalRun.SETTINGS);
            SegmentFormat.Content damaged = journal.read(journal.oldest());
            assertThat(damaged.damaged()).isPositive();
            assertThat(run.acknowledged()).containsAll(JournalRun.text(damaged));
            journal.remove(journal.oldest(), true);
            assertThat(JournalRun.drainAll(journal)).endsWith(run.acknowledged().getLast());
        }
    }

    @Test
    void anUnreadableDiskDoesNotKeepItFromOpening() throws IOException {
        FakeFiles files = new FakeFiles();
        new JournalRun(files).append(2);
        Journal journal = new Journal(files.failing(operation -> true), JournalRun.SETTINGS);

        assertThat(journal.isEmpty()).isTrue();
        assertThat(journal.kept()).isEqualTo(1);
        assertThat(files.list()).as("left for the next start").containsExactly("0000000000000001.journal");
    }

    @Test
    void aFileOfAnotherFormatIsKept() throws IOException {
        FakeFiles files = new FakeFiles();
        files.overwrite("0000000000000007.journal", bytes("PBJRNL\0\2 something newer"));
        Journal journal = new Journal(files, JournalRun.SETTINGS);

        assertThat(journal.read(journal.oldest()).damaged()).isPositive();
    }

    @Test
    void aNumberIsNeverUsedTwice() throws IOException {
        FakeFiles files = new FakeFiles();
        files.overwrite("0000000000000007.journal.kept", bytes("whatever"));
        Journal journal = new Journal(files, JournalRun.SETTINGS);
        journal.append(List.of(bytes("one")));

        assertThat(files.list()).contains("0000000000000008.journal");
    }

    @Test
    void zerosAreNoEntry() {
        assertThat(SegmentFormat.read(new byte[4096], 4096)).isEqualTo(new SegmentFormat.Content(List.of(), 0, 0));
        byte[] zerosBehindTheHeader = new byte[4096];
        SegmentFormat.header().get(zerosBehindTheHeader, 0, 8);
        assertThat(SegmentFormat.read(zerosBehindTheHeader, 4096))
                .isEqualTo(new SegmentFormat.Content(List.of(), 0, 8));
    }

    /** Any run on any disk, with its power cut at any moment. */
    @Property
    void nothingAcknowledgedIsMissing(
            @ForAll @Size(min = 1, max = 40) List<@IntRange(max = 4) Integer> moves,
            @ForAll @Size(max = 6) List<@IntRange(max = 200) Integer> failing,
            @ForAll @IntRange(max = 250) int powerCutAt,
            @ForAll @IntRange(max = 7000) int surviving,
            @ForAll boolean names)
            throws IOException {
        JournalRun run =
                new JournalRun(new FakeFiles().failing(failing::contains).withPowerCutAt(powerCutAt));
        perform(run, moves);
        run.judgeAfterPowerCut(surviving, names);
    }

    private static void perform(JournalRun run, List<Integer> moves) {
        try {
            for (int move : moves) {
                if (move == 0) {
                    run.drainOne();
                } else {
                    run.append(move);
                }
            }
        } catch (PowerCut end) {
            // What was acknowledged before counts.
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
