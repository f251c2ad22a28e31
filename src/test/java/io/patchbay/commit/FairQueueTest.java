package io.patchbay.commit;

import static io.patchbay.commit.Committable.Urgency.FIRST;
import static io.patchbay.commit.Committable.Urgency.LATER;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.commit.Committable.Urgency;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FairQueueTest {
    private final FairQueue<String> queue = new FairQueue<>(8);

    @Test
    void sourcesTakeTurnsHoweverMuchOneOfThemSends() {
        offer("a1", FIRST, 1);
        offer("a2", FIRST, 1);
        offer("a3", FIRST, 1);
        offer("b1", FIRST, 2);
        offer("c1", FIRST, 3);
        offer("c2", FIRST, 3);

        assertThat(all(FIRST)).containsExactly("a1", "b1", "c1", "a2", "c2", "a3");
    }

    @Test
    void whoComesBackGoesToTheEnd() {
        offer("a1", FIRST, 1);
        offer("a2", FIRST, 1);
        offer("b1", FIRST, 2);
        assertThat(queue.poll(FIRST)).isEqualTo("a1");
        assertThat(queue.poll(FIRST)).isEqualTo("b1");
        offer("b2", FIRST, 2);

        assertThat(all(FIRST)).containsExactly("a2", "b2");
    }

    @Test
    void itIsBounded() {
        fill(8, FIRST, 1);

        assertThat(offer("a9", FIRST, 1)).isEqualTo("a9");
        assertThat(queue.size()).isEqualTo(8);
    }

    @Test
    void whenItIsFullTheSourceWithTheMostGivesWay() {
        fill(7, FIRST, 1);
        offer("b1", FIRST, 2);

        assertThat(offer("b2", FIRST, 2)).isEqualTo("1.7");
        assertThat(offer("c1", FIRST, 3)).isEqualTo("1.6");
        assertThat(offer("a8", FIRST, 1)).isEqualTo("a8");
        assertThat(all(FIRST)).containsExactly("1.1", "b1", "c1", "1.2", "b2", "1.3", "1.4", "1.5");
    }

    @Test
    void equalsDoNotDisplaceEachOther() {
        fill(4, FIRST, 1);
        fill(4, FIRST, 2);

        assertThat(offer("a", FIRST, 1)).isEqualTo("a");
        assertThat(offer("b", FIRST, 2)).isEqualTo("b");
    }

    @Test
    void nobodyIsDisplacedWhereThatMakesNothingMoreEven() {
        fill(3, FIRST, 1);
        fill(3, FIRST, 2);
        fill(2, FIRST, 3);

        assertThat(offer("c", FIRST, 3)).isEqualTo("c");
        assertThat(offer("d", FIRST, 4)).isEqualTo("1.3");
    }

    @Test
    void firstDisplacesTheNewestOfLater() {
        fill(5, LATER, 1);
        fill(3, LATER, 2);

        assertThat(offer("start", FIRST, 1)).isEqualTo("1.5");
        assertThat(queue.size(FIRST)).isEqualTo(1);
        assertThat(queue.size(LATER)).isEqualTo(7);
    }

    @Test
    void anEighthIsLatersOwn() {
        fill(8, FIRST, 1);

        assertThat(offer("interim", LATER, 1)).isEqualTo("1.8");
        assertThat(offer("start", FIRST, 2)).isEqualTo("1.7");
        assertThat(offer("interim 2", LATER, 1)).isEqualTo("interim 2");
        assertThat(all(LATER)).containsExactly("interim");
    }

    @Test
    void aLineThatWasEmptiedByOthersComesToItsTurnAgain() {
        offer("interim", LATER, 1);
        fill(2, LATER, 2);
        fill(5, FIRST, 3);
        offer("start", FIRST, 4);
        offer("start 2", FIRST, 4);
        assertThat(queue.size(LATER)).isEqualTo(1);
        all(FIRST);
        fill(3, LATER, 1);
        fill(1, LATER, 2);

        assertThat(all(LATER)).hasSize(5);
        assertThat(queue.size()).isZero();
    }

    /** Against all that the queue promises, whatever comes and goes. */
    @Property
    void whatGoesInComesOutOrIsToldOnce(
            @ForAll @Size(max = 300) List<@IntRange(max = 39) Integer> moves,
            @ForAll @IntRange(min = 1, max = 20) int capacity) {
        FairQueue<int[]> fair = new FairQueue<>(capacity);
        List<int[]> inside = new ArrayList<>();
        Map<String, Integer> lastOut = new HashMap<>();
        int number = 0;
        for (int move : moves) {
            Urgency urgency = move % 2 == 0 ? FIRST : LATER;
            int source = move / 2 % 5;
            if (move < 28) {
                int[] entry = {number++, source, urgency.ordinal()};
                boolean full = inside.size() == capacity;
                int longest = longest(inside, urgency);
                int own = count(inside, source, urgency);
                inside.add(entry);
                int[] displaced = fair.offer(entry, urgency, source);
                assertThat(displaced != null).isEqualTo(full);
                if (full) {
                    assertThat(inside.remove(displaced)).isTrue();
                    if (own + 1 < longest) {
                        assertThat(displaced)
                                .as("below its fair share it gets in")
                                .isNotSameAs(entry);
                    }
                }
            } else {
                int[] out = fair.poll(urgency);
                assertThat(out == null).isEqualTo(longest(inside, urgency) == 0);
                if (out != null) {
                    assertThat(inside.remove(out)).isTrue();
                    Integer before = lastOut.put(out[1] + "/" + out[2], out[0]);
                    assertThat(before == null || before < out[0])
                            .as("order within a source")
                            .isTrue();
                }
            }
            assertThat(fair.size()).isEqualTo(inside.size());
        }
    }

    private static int longest(List<int[]> inside, Urgency urgency) {
        return IntStream.range(0, 5)
                .map(source -> count(inside, source, urgency))
                .max()
                .orElseThrow();
    }

    private static int count(List<int[]> inside, int source, Urgency urgency) {
        return (int) inside.stream()
                .filter(each -> each[1] == source && each[2] == urgency.ordinal())
                .count();
    }

    private String offer(String entry, Urgency urgency, long source) {
        return queue.offer(entry, urgency, source);
    }

    private void fill(int count, Urgency urgency, long source) {
        IntStream.rangeClosed(1, count).forEach(i -> offer(source + "." + i, urgency, source));
    }

    private List<String> all(Urgency urgency) {
        List<String> all = new ArrayList<>();
        for (String next = queue.poll(urgency); next != null; next = queue.poll(urgency)) {
            all.add(next);
        }
        return all;
    }
}
