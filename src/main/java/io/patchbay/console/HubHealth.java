package io.patchbay.console;

import java.util.List;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;

/** UP when every gate is open: the sockets are bound and the index is complete. */
final class HubHealth implements HealthIndicator {
    private final List<ReadinessGate> gates;

    HubHealth(List<ReadinessGate> gates) {
        this.gates = gates;
    }

    @Override
    public Health health() {
        boolean open = gates.stream().allMatch(ReadinessGate::isOpen);
        Health.Builder health = open ? Health.up() : Health.outOfService();
        gates.forEach(gate -> health.withDetail(gate.name(), gate.detail()));
        return health.build();
    }
}
