package io.patchbay.console;

import io.patchbay.converge.netbox.MirrorState;
import io.patchbay.netbox.NetBoxWatch;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;

/** Whether NetBox answers: a detail, never a state, since local work goes on without it. */
final class NetBoxHealth implements HealthIndicator {
    private final NetBoxWatch watch;
    private final MirrorState mirror;

    NetBoxHealth(NetBoxWatch watch, MirrorState mirror) {
        this.watch = watch;
        this.mirror = mirror;
    }

    @Override
    public Health health() {
        if (!watch.isConfigured()) {
            return Health.up().withDetail("state", "not configured").build();
        }
        NetBoxWatch.State now = watch.state();
        Health.Builder health = Health.up()
                .withDetail("reachable", now.isReachable())
                .withDetail("since", now.since().toString());
        if (now.version() != null) {
            health.withDetail("version", now.version());
        }
        if (now.why() != null) {
            health.withDetail("why", now.why());
        }
        MirrorState.Snapshot waits = mirror.lastRead();
        if (waits != null) {
            health.withDetail("waiting", waits.waiting()).withDetail("failed", waits.failed());
            if (waits.waitingSince() != null) {
                health.withDetail("waitingSince", waits.waitingSince().toString());
            }
        }
        return health.build();
    }
}
