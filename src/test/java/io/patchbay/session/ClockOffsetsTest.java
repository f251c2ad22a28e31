package io.patchbay.session;

import static io.patchbay.session.AccountingWorld.INTERIM;
import static io.patchbay.session.AccountingWorld.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** How far a NAS's clock is off, and that the operator is told once. */
@ExtendWith(OutputCaptureExtension.class)
class ClockOffsetsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ClockOffsets clocks = new ClockOffsets(registry);
    private final AccountingWorld world = new AccountingWorld();

    @Test
    void theFirstRecordTellsAndLaterOnesSmooth(CapturedOutput output) {
        observe(10, 0);
        assertThat(gauge()).isEqualTo(9.75);
        observe(26, 0);
        assertThat(gauge()).isCloseTo(10.75, within(0.001));
        assertThat(output).doesNotContain("The clock of NAS");
    }

    @Test
    void aLateRecordTellsNothing() {
        observe(10, 0);
        observe(300, 280);
        assertThat(gauge()).isEqualTo(9.75);
    }

    @Test
    void moreThanAMinuteIsToldOnceAndAgainAfterItWasRight(CapturedOutput output) {
        for (int i = 0; i < 50; i++) {
            observe(90, 0);
        }
        assertThat(output.getOut().split("The clock of NAS nas-127.0.8.1 is 90 s behind ours", -1))
                .hasSize(2);
        for (int i = 0; i < 100; i++) {
            observe(0, 0);
        }
        for (int i = 0; i < 100; i++) {
            observe(-90, 0);
        }
        assertThat(output).contains("ahead of ours");
        assertThat(gauge()).isCloseTo(-90.25, within(0.5));
    }

    private void observe(long secondsBehind, int delay) {
        clocks.observe(world.record(INTERIM, attributes -> {
            attributes.putInteger(55, (int) (NOW.getEpochSecond() - secondsBehind));
            attributes.putInteger(41, delay);
        }));
    }

    private double gauge() {
        return registry.get("patchbay.nas.clock.offset")
                .tag("nas", "nas-127.0.8.1")
                .gauge()
                .value();
    }
}
