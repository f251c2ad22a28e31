package io.patchbay.session;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far the clock of each NAS is from ours, smoothed: {@code patchbay_nas_clock_offset_seconds{nas}}, positive where its clock
 * is behind. Learned from the first transmission of records that bear an Event-Timestamp, which is whole seconds; a NAS whose
 * clock is more than a minute off is named in the log once, and again after it was right.
 */
public final class ClockOffsets {
    private static final Logger LOG = LoggerFactory.getLogger(ClockOffsets.class);
    /** A sixteenth of what a record shows: jitter of the network and of whole seconds evens out. */
    private static final double SHARE = 1.0 / 16;

    private static final double TELL_SECONDS = 60;
    private static final double RIGHT_AGAIN_SECONDS = 30;

    private final MeterRegistry registry;
    private final Map<String, Offset> offsets = new ConcurrentHashMap<>();

    public ClockOffsets(MeterRegistry registry) {
        this.registry = registry;
    }

    void observe(AccountingRecord record) {
        if (record.eventTimestamp() == null || !record.delay().isZero()) {
            return;
        }
        Offset offset = offsets.get(record.nasName());
        if (offset == null) {
            offset = offsets.computeIfAbsent(record.nasName(), this::register);
        }
        // From the middle of the second that the NAS names.
        double seconds =
                Duration.between(record.eventTimestamp(), record.receivedAt()).toMillis() / 1000.0 - 0.5;
        offset.observe(seconds);
    }

    /** Seconds that we are ahead of the NAS; 0 when nothing is known. */
    double seconds(String nasName) {
        Offset offset = offsets.get(nasName);
        return offset == null ? 0 : offset.seconds;
    }

    private Offset register(String nasName) {
        Offset offset = new Offset(nasName);
        Gauge.builder("patchbay.nas.clock.offset", offset, known -> known.seconds)
                .description("How far our clock is ahead of the NAS's, smoothed")
                .baseUnit("seconds")
                .tag("nas", nasName)
                .register(registry);
        return offset;
    }

    private static final class Offset {
        private final String nasName;
        private volatile double seconds;
        private boolean known;
        private boolean told;

        private Offset(String nasName) {
            this.nasName = nasName;
        }

        private synchronized void observe(double seen) {
            seconds = known ? seconds + (seen - seconds) * SHARE : seen;
            known = true;
            double away = Math.abs(seconds);
            if (away > TELL_SECONDS && !told) {
                told = true;
                LOG.warn(
                        "The clock of NAS {} is {} s {} ours; sessions go by our clock, but set its NTP.",
                        nasName,
                        Math.round(away),
                        seconds > 0 ? "behind" : "ahead of");
            } else if (away < RIGHT_AGAIN_SECONDS) {
                told = false;
            }
        }
    }
}
