package io.patchbay.radsec;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** How many connections there are, in all and of each NAS, and how they were ended. */
final class RadSecConnections {
    private final int most;
    private final int mostOfNas;
    private final AtomicInteger open = new AtomicInteger();
    private final Map<Long, Integer> openOfNas = new ConcurrentHashMap<>();
    private final Map<Cut, Counter> cuts = new EnumMap<>(Cut.class);

    RadSecConnections(RadSecSettings settings, MeterRegistry meters) {
        this.most = settings.maxConnections();
        this.mostOfNas = settings.maxConnectionsPerNas();
        Gauge.builder("patchbay.radsec.connections", open, AtomicInteger::get)
                .description("RadSec connections, those that still shake hands included")
                .register(meters);
        for (Cut cut : Cut.values()) {
            cuts.put(
                    cut,
                    Counter.builder("patchbay.radsec.cut")
                            .description("RadSec connections that the hub closed, by why")
                            .tag("cause", cut.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                            .register(meters));
        }
    }

    /** Takes a place; {@link #leave} gives it back, also when there was none left. */
    boolean enter() {
        return open.incrementAndGet() <= most;
    }

    void leave() {
        open.decrementAndGet();
    }

    boolean enter(long nasId) {
        return openOfNas.merge(nasId, 1, Integer::sum) <= mostOfNas;
    }

    void leave(long nasId) {
        openOfNas.computeIfPresent(nasId, (id, count) -> count == 1 ? null : count - 1);
    }

    void count(Cut cut) {
        cuts.get(cut).increment();
    }

    long counted(Cut cut) {
        return (long) cuts.get(cut).count();
    }

    int open() {
        return open.get();
    }
}
