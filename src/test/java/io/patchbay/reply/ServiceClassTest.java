package io.patchbay.reply;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.binding.Binding;
import io.patchbay.ledger.Plan;
import io.patchbay.line.VlanTags;
import io.patchbay.wire.Octets;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceClassTest {
    private static final VlanTags VLAN = new VlanTags(501, 0);

    @Property
    void namesItsServiceInTheOldForm(@ForAll @LongRange(min = 1, max = 999_999_999_999_999_999L) long id) {
        Octets value = Octets.ofText("pb1:" + id);
        assertThat(ServiceClass.serviceId(value)).hasValue(id);
        assertThat(ServiceClass.read(value)).isEqualTo(new ServiceClass.Given(id, null));
    }

    @Test
    void saysWhatTheSessionWasGiven() {
        Binding binding = Bindings.with(VLAN, plan(100_000, 50_000, "gold", 0));
        byte[] value = new byte[60];
        int end = ServiceClass.write(value, 2, binding, false);
        Octets written = Octets.of(value, 2, end - 2);
        assertThat(written.text()).matches("pb1:4711:[0-9a-f]{8}:[0-9a-f]{8}");
        assertThat(ServiceClass.serviceId(written)).hasValue(4711);
        assertThat(ServiceClass.read(written)).isEqualTo(new ServiceClass.Given(4711, Fingerprint.of(binding)));

        end = ServiceClass.write(value, 0, binding, true);
        assertThat(ServiceClass.read(Octets.of(value, 0, end)))
                .isEqualTo(new ServiceClass.Given(4711, Fingerprint.QUARANTINE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "pb1",
                "pb1:",
                "pb2:5",
                "pb1:x",
                "pb1:-5",
                "pb1:1234567890123456789",
                "gold",
                "pb1:5:",
                "pb1:5:0000000:00000000",
                "pb1:5:00000000:0000000G",
                "pb1:5:00000000-00000000",
                "pb1:5:00000000:00000000:"
            })
    void ofAnotherServerIsNotOurs(String value) {
        assertThat(ServiceClass.serviceId(Octets.ofText(value))).isEmpty();
        assertThat(ServiceClass.read(Octets.ofText(value))).isNull();
    }

    /** Written down: a release that computes others would disconnect everybody at the first change of a plan. */
    @Test
    void fingerprintsStayAsTheyAre() {
        Fingerprint all = Fingerprint.of(Bindings.with(
                new VlanTags(501, 1001),
                Bindings.plan(100_000, 50_000, 86_400, 600, 900, "pool-v4", "pool-wan", "pool-pd", "gold"),
                "v4=192.0.2.10",
                "route=198.51.100.0/28",
                "wan=2001:db8:f000:1::/64",
                "pd=2001:db8:1:100::/56"));
        assertThat(String.format("%08x:%08x", all.rates(), all.shape())).isEqualTo("4da7de3e:3d86a03d");
    }

    @Test
    void ratesAndShapeDifferByWhatBelongsToEach() {
        Fingerprint before = Fingerprint.of(Bindings.with(VLAN, plan(100_000, 50_000, null, 0), "v4=192.0.2.10"));
        List<Fingerprint> otherRates = Stream.of(
                        plan(50_000, 100_000, null, 0),
                        plan(100_000, 50_000, "gold", 0),
                        plan(100_001, 50_000, null, 0))
                .map(plan -> Fingerprint.of(Bindings.with(VLAN, plan, "v4=192.0.2.10")))
                .toList();
        assertThat(otherRates).allSatisfy(other -> {
            assertThat(other.rates()).isNotEqualTo(before.rates());
            assertThat(other.shape()).isEqualTo(before.shape());
        });
        Plan same = plan(100_000, 50_000, null, 0);
        List<Fingerprint> otherShapes = List.of(
                Fingerprint.of(Bindings.with(VLAN, same, "v4=192.0.2.11")),
                Fingerprint.of(Bindings.with(VLAN, same)),
                Fingerprint.of(Bindings.with(new VlanTags(501, 7), same, "v4=192.0.2.10")),
                Fingerprint.of(Bindings.with(VLAN, same, 3600, "v4=192.0.2.10")),
                Fingerprint.of(Bindings.with(VLAN, same, "v4=192.0.2.10", "pd=2001:db8::/56")),
                Fingerprint.of(Bindings.with(VLAN, same, "v4=192.0.2.10", "wan=2001:db8::/64")),
                Fingerprint.of(Bindings.with(VLAN, same, "v4=192.0.2.10", "route=198.51.100.0/28")));
        assertThat(otherShapes).doesNotHaveDuplicates().allSatisfy(other -> {
            assertThat(other.rates()).isEqualTo(before.rates());
            assertThat(other.shape()).isNotEqualTo(before.shape());
        });
    }

    @Test
    void theOrderOfRoutesAndHowOftenSomebodyReportsIsNoChange() {
        Fingerprint one = Fingerprint.of(
                Bindings.with(VLAN, plan(1, 1, null, 60), "route=198.51.100.0/28", "route=203.0.113.0/28"));
        Fingerprint other = Fingerprint.of(
                Bindings.with(VLAN, plan(1, 1, null, 600), "route=203.0.113.0/28", "route=198.51.100.0/28"));
        assertThat(other).isEqualTo(one);
    }

    private static Plan plan(int down, int up, String qosProfile, int interim) {
        return Bindings.plan(down, up, 0, 0, interim, null, null, null, qosProfile);
    }
}
