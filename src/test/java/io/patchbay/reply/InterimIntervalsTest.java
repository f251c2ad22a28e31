package io.patchbay.reply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.binding.Binding;
import io.patchbay.line.VlanTags;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Sessions that began together do not report together for ever. */
class InterimIntervalsTest {
    @Test
    void intervalsAreSpreadEvenlyAroundThePlans() {
        int[] intervals = LongStream.rangeClosed(1, 50_000)
                .mapToInt(id -> InterimIntervals.USUAL.seconds(binding(id, 600)))
                .toArray();
        assertThat(IntStream.of(intervals).min()).hasValue(540);
        assertThat(IntStream.of(intervals).max()).hasValue(660);
        assertThat(IntStream.of(intervals).average().orElseThrow()).isBetween(599.0, 601.0);
        Map<Integer, Integer> sameInterval = new HashMap<>();
        IntStream.of(intervals).forEach(seconds -> sameInterval.merge(seconds, 1, Integer::sum));
        assertThat(sameInterval.values()).allMatch(services -> services < 500);
    }

    @Test
    void aServiceHasTheSameIntervalAtEveryLogIn() {
        assertThat(InterimIntervals.USUAL.seconds(binding(7, 600)))
                .isEqualTo(InterimIntervals.USUAL.seconds(binding(7, 600)));
    }

    @Test
    void nobodyReportsMoreOftenThanOnceAMinute() {
        assertThat(LongStream.rangeClosed(1, 1000).mapToInt(id -> InterimIntervals.USUAL.seconds(binding(id, 60))))
                .allMatch(seconds -> seconds >= 60);
    }

    @Test
    void withoutASpreadAndWithoutAPlannedIntervalItIsAsTheSettingsSay() {
        assertThat(new InterimIntervals(0, 0).seconds(binding(1, 600))).isEqualTo(600);
        assertThat(new InterimIntervals(0, 0).seconds(binding(1, 0))).isEqualTo(-1);
        assertThat(new InterimIntervals(0, 300).seconds(binding(1, 0))).isEqualTo(300);
        assertThat(new InterimIntervals(0, 300).seconds(binding(1, 600))).isEqualTo(600);
    }

    @Test
    void settingsThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> new InterimIntervals(0.6, 0)).hasMessageContaining("from 0 to 0.5");
        assertThatThrownBy(() -> new InterimIntervals(Double.NaN, 0)).hasMessageContaining("from 0 to 0.5");
        assertThatThrownBy(() -> new InterimIntervals(0, 59)).hasMessageContaining("at least 60");
    }

    private static Binding binding(long serviceId, int interval) {
        Binding like = Bindings.with(VlanTags.NONE, Bindings.plan(0, 0, 0, 0, interval, null, null, null, null));
        return new Binding(
                serviceId,
                like.subscriberId(),
                like.tenantId(),
                like.userName(),
                like.credential(),
                like.kind(),
                like.state(),
                like.expiresAtEpochSecond(),
                like.option82Policy(),
                like.plan(),
                like.lineId(),
                like.accessNodeId(),
                like.identifiers(),
                like.canonicalCircuitId(),
                like.vlans(),
                like.dedicatedVlan(),
                like.ipv4Address(),
                like.ipv4Routes(),
                like.ipv6WanPrefix(),
                like.ipv6WanAddress(),
                like.ipv6DelegatedPrefix(),
                like.ipv6Routes(),
                like.sessionTimeoutSeconds(),
                true,
                true);
    }
}
