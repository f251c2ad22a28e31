package io.patchbay.console;

import io.patchbay.netbox.NetBoxWatch;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;

/** Whether NetBox answers: a detail, never a state, since local work goes on without it. */
final class NetBoxHealth implements HealthIndicator {
    private final NetBoxWatch watch;

    NetBoxHealth(NetBoxWatch watch) {
        this.watch = watch;
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
        return health.build();
    }
}
