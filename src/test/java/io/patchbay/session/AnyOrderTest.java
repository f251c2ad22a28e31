package io.patchbay.session;

import static io.patchbay.session.Told.interim;
import static io.patchbay.session.Told.start;
import static io.patchbay.session.Told.stop;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever the order in which a session's records come, however often, in whatever groups: it becomes the same session. */
class AnyOrderTest {
    private static StoreFixture store;
    private static int runs;

    /** @param groups how many records each group has, the last one again and again */
    private record Telling(List<Told> inOrder, List<Told> asTheyCome, List<Integer> groups) {}

    @Property(tries = 60)
    void itIsTheSameSession(@ForAll("tellings") Telling telling) {
        if (store == null) {
            store = new StoreFixture();
        }
        String one = "in-order-" + ++runs;
        String other = "shuffled-" + runs;
        long before = store.count();
        tell(telling.inOrder(), List.of(1), one);
        assertThat(store.count() - before).isEqualTo(telling.inOrder().size());
        tell(telling.asTheyCome(), telling.groups(), other);
        assertThat(store.count() - before).isEqualTo(2L * telling.inOrder().size());
        assertThat(session(other)).isEqualTo(session(one));
    }

    @Provide
    Arbitrary<Telling> tellings() {
        Arbitrary<Integer> interims = Arbitraries.integers().between(0, 5);
        Arbitrary<Boolean> yes = Arbitraries.of(true, false);
        return Combinators.combine(interims, yes, yes)
                .as(AnyOrderTest::session)
                .filter(records -> !records.isEmpty())
                .flatMap(AnyOrderTest::telling);
    }

    private static List<Told> session(int interims, boolean withStart, boolean withStop) {
        List<Told> records = new ArrayList<>();
        if (withStart) {
            records.add(start("").holding("198.51.100.7"));
        }
        IntStream.rangeClosed(1, interims)
                .forEach(i -> records.add(
                        interim("", i * 300).bytes(i * 1_000L, i * 10L).holding("198.51.100.7")));
        if (withStop) {
            records.add(stop("", 300 * interims + 120).bytes(90_000, 900).holding("198.51.100.7"));
        }
        return records;
    }

    /** Every record at least once, some again with another delay. */
    private static Arbitrary<Telling> telling(List<Told> inOrder) {
        Arbitrary<List<Integer>> repeats =
                Arbitraries.integers().between(0, inOrder.size() - 1).list().ofMaxSize(4);
        Arbitrary<List<Integer>> groups =
                Arbitraries.integers().between(1, 4).list().ofMinSize(1).ofMaxSize(4);
        return repeats.flatMap(again -> {
            List<Told> all = new ArrayList<>(inOrder);
            again.forEach(index -> all.add(inOrder.get(index).again(index + 3)));
            return Combinators.combine(Arbitraries.shuffle(all), groups)
                    .as((shuffled, sizes) -> new Telling(inOrder, shuffled, sizes));
        });
    }

    private static void tell(List<Told> records, List<Integer> groups, String session) {
        int from = 0;
        for (int group = 0; from < records.size(); group++) {
            int size = groups.get(Math.min(group, groups.size() - 1));
            int to = Math.min(records.size(), from + size);
            store.tell(records.subList(from, to).stream()
                    .map(told -> told.session(session))
                    .toArray(Told[]::new));
            from = to;
        }
    }

    private static List<String> session(String name) {
        List<String> whole = new ArrayList<>();
        store.sessions().stream()
                .filter(row -> row.startsWith(name + " "))
                .forEach(row -> whole.add(row.substring(name.length())));
        store.addresses().stream()
                .filter(row -> row.startsWith(name + " "))
                .forEach(row -> whole.add(row.substring(name.length())));
        return whole;
    }
}
