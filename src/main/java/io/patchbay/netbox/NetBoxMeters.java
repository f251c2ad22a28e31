package io.patchbay.netbox;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.patchbay.netbox.NetBoxCall.Action;
import java.time.Duration;

/** How often NetBox was asked what, how long it took, and how it ended. */
final class NetBoxMeters {
    private final MeterRegistry registry;

    NetBoxMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    void record(Action action, NetBoxReply reply, long nanos) {
        Timer.builder("patchbay.netbox.calls")
                .description("Calls to NetBox, with the time that they waited for their turn")
                .tag("action", action.word())
                .tag("outcome", word(reply))
                .register(registry)
                .record(Duration.ofNanos(nanos));
    }

    private static String word(NetBoxReply reply) {
        return switch (reply) {
            case NetBoxReply.Answer answer -> answer.status() < 300 ? "done" : String.valueOf(answer.status());
            case NetBoxReply.Lost lost -> lost.heard() ? "lost" : "not-sent";
        };
    }
}
