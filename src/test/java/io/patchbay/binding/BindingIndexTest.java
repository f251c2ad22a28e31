package io.patchbay.binding;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.ledger.Option82Policy;
import io.patchbay.line.IdentifierKind;
import io.patchbay.wire.Octets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BindingIndexTest {
    @Test
    void isIncompleteUntilItWasFilledOnce() {
        BindingIndex index = new BindingIndex();
        assertThat(index.isComplete()).isFalse();
        index.apply(Given.service(1).build());
        assertThat(index.isComplete()).isFalse();
        index.replaceAll(Given.directory(), index.startFilling(10));
        assertThat(index.isComplete()).isTrue();
        assertThat(index.size()).isZero();
    }

    @Test
    void findsABindingByEveryName() {
        Binding binding = Given.service(7)
                .line(700)
                .user("alice", "secret")
                .circuit("olt1 eth 0/01:7")
                .remote("R7")
                .identifier(IdentifierKind.MAC, Octets.ofHex("020000000007"))
                .build();
        BindingIndex index = Given.index(binding);

        assertThat(index.byService(7)).isEqualTo(binding);
        assertThat(index.byUser(1, "alice")).isEqualTo(binding);
        assertThat(index.byUser(2, "alice")).isNull();
        assertThat(index.byLine(700)).containsExactly(binding);
        assertThat(index.byCanonicalCircuitId("olt1 eth 0/1:7")).containsExactly(binding);
        assertThat(circuit(index, "olt1 eth 0/01:7")).containsExactly(7L);
        assertThat(index.byIdentifier(IdentifierKind.REMOTE_ID, Octets.ofText("R7")))
                .containsExactly(binding);
        assertThat(index.byIdentifier(IdentifierKind.MAC, Octets.ofHex("020000000007")))
                .containsExactly(binding);
        assertThat(index.byIdentifier(IdentifierKind.CIRCUIT_ID, Octets.ofText("R7")))
                .as("kinds never match each other")
                .isEmpty();
    }

    @Test
    void aChangeLeavesNothingOfWhatWasBefore() {
        BindingIndex index = Given.index(
                Given.service(1).user("alice", "x").circuit("a").circuit("b").build());
        index.apply(Given.service(1)
                .line(5)
                .user("bob", "x")
                .circuit("b")
                .circuit("c")
                .build());

        assertThat(index.size()).isEqualTo(1);
        assertThat(index.byUser(1, "alice")).isNull();
        assertThat(index.byUser(1, "bob").serviceId()).isEqualTo(1);
        assertThat(circuit(index, "a")).isEmpty();
        assertThat(circuit(index, "b")).containsExactly(1L);
        assertThat(circuit(index, "c")).containsExactly(1L);
        assertThat(index.byLine(1)).isEmpty();
        index.remove(1);
        assertThat(index.size()).isZero();
        assertThat(Stream.of("a", "b", "c").flatMap(id -> circuit(index, id).stream()))
                .isEmpty();
    }

    @Test
    void aNewPlanReachesItsBindings() {
        BindingIndex index =
                Given.index(Given.service(1).build(), Given.service(2).build());
        Directory before = Given.directory();
        var faster = Given.plan(1, "default", Option82Policy.LOG);
        index.replaceDirectory(
                new Directory(before.nasClients(), before.accessNodes(), before.tenants(), List.of(faster)));
        assertThat(index.byService(1).plan()).isSameAs(faster);
        assertThat(index.byService(2).plan()).isSameAs(faster);
        assertThat(index.size()).isEqualTo(2);
    }

    @Test
    void agreesWithAPlainMapThroughAnyChanges() {
        Random random = new Random(82);
        BindingIndex index = Given.index();
        Map<Long, Binding> model = new HashMap<>();
        for (int step = 0; step < 20_000; step++) {
            long id = 1 + random.nextInt(60);
            if (random.nextInt(4) == 0) {
                index.remove(id);
                model.remove(id);
            } else {
                var service = Given.service(id).line(1 + random.nextInt(20));
                List<Integer> circuits = new ArrayList<>(
                        random.ints(random.nextInt(4), 0, 12).distinct().boxed().toList());
                circuits.forEach(circuit -> service.circuit("c" + circuit));
                Binding binding = service.build();
                index.apply(binding);
                model.put(id, binding);
            }
            if (step % 50 == 0) {
                for (int key = 0; key <= 20; key++) {
                    String name = "c" + key;
                    long number = key;
                    assertThat(circuit(index, name))
                            .containsExactlyInAnyOrderElementsOf(model.values().stream()
                                    .filter(binding -> PackedIdentifiers.holds(
                                            binding.identifiers(), IdentifierKind.CIRCUIT_ID, Octets.ofText(name)))
                                    .map(Binding::serviceId)
                                    .toList());
                    assertThat(index.byLine(number))
                            .containsExactlyInAnyOrderElementsOf(model.values().stream()
                                    .filter(binding -> binding.lineId() == number)
                                    .toList());
                }
                assertThat(index.size()).isEqualTo(model.size());
                List<Binding> every = new ArrayList<>();
                index.forEach(every::add);
                assertThat(every).containsExactlyInAnyOrderElementsOf(model.values());
            }
        }
    }

    @Test
    void readersNeverMissWhatIsThereWhileItChanges() throws Exception {
        BindingIndex index = Given.index();
        for (int id = 1; id <= 100; id++) {
            index.apply(
                    Given.service(id).user("user" + id, "x").circuit("c" + id).build());
        }
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger missed = new AtomicInteger();
        Thread reader = Thread.ofPlatform().start(() -> {
            for (int id = 1; !done.get(); id = id % 100 + 1) {
                if (index.byUser(1, "user" + id) == null
                        || circuit(index, "c" + id).size() != 1) {
                    missed.incrementAndGet();
                }
            }
        });
        for (int round = 0; round < 300; round++) {
            for (int id = 1; id <= 100; id++) {
                index.apply(Given.service(id)
                        .user("user" + id, "x" + round)
                        .circuit("c" + id)
                        .circuit("r" + round + "-" + id)
                        .build());
            }
            for (int more = 0; more < 40; more++) {
                index.apply(Given.service(1000 + round * 40 + more)
                        .user("more" + round + "-" + more, "x")
                        .build());
            }
        }
        done.set(true);
        reader.join();
        assertThat(missed).hasValue(0);
        assertThat(index.size()).isEqualTo(100 + 300 * 40);
    }

    @Test
    void theDigestTellsWhichBucketDiffers() {
        BindingIndex one = new BindingIndex();
        BindingIndex other = new BindingIndex();
        for (int id = 1; id <= 500; id++) {
            one.apply(Given.service(id).build(), id * 31);
            other.apply(Given.service(501 - id).build(), (501 - id) * 31);
        }
        assertThat(one.digest(64)).isEqualTo(other.digest(64));
        other.apply(Given.service(130).build(), 5);
        assertThat(one.digest(64)[130 % 64]).isNotEqualTo(other.digest(64)[130 % 64]);
        assertThat(one.holds(130, 130 * 31)).isTrue();
        assertThat(other.holds(130, 130 * 31)).isFalse();
        assertThat(one.services(64, 2)).containsExactlyInAnyOrder(2, 66, 130, 194, 258, 322, 386, 450);
        for (int id = 1; id <= 500; id += 2) {
            one.remove(id);
        }
        assertThat(one.holds(130, 130 * 31)).isTrue();
        assertThat(one.holds(131, 131 * 31)).isFalse();
        assertThat(one.digest(64)[1]).isZero();
    }

    private static List<Long> circuit(BindingIndex index, String circuitId) {
        return index.byIdentifier(IdentifierKind.CIRCUIT_ID, Octets.ofText(circuitId)).stream()
                .map(Binding::serviceId)
                .toList();
    }
}
