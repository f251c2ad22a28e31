package io.patchbay.console;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;

/**
 * Whether PostgreSQL answers: told in the details, never in the status, since the hub answers from memory without it. It is
 * asked in the background: whoever polls the health does not wait for a database that is away.
 */
final class DatabaseHealth implements HealthIndicator, AutoCloseable {
    private static final int PATIENCE_SECONDS = 2;

    private record State(boolean reachable, String why, Instant since) {}

    private final DataSource dataSource;
    private final ScheduledExecutorService clock;
    private volatile State state = new State(false, "not asked yet", Instant.now());

    DatabaseHealth(DataSource dataSource, MeterRegistry meters, Duration interval) {
        this.dataSource = dataSource;
        this.clock = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("database-health").daemon().factory());
        Gauge.builder("patchbay.database.reachable", this, health -> health.state.reachable() ? 1 : 0)
                .description("1 when PostgreSQL answers, 0 when it does not")
                .register(meters);
        clock.scheduleWithFixedDelay(this::ask, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public Health health() {
        State now = state;
        Health.Builder health = Health.up()
                .withDetail("reachable", now.reachable())
                .withDetail("since", now.since().toString());
        return now.why() == null
                ? health.build()
                : health.withDetail("why", now.why()).build();
    }

    void ask() {
        String why = null;
        try (Connection connection = dataSource.getConnection()) {
            if (!connection.isValid(PATIENCE_SECONDS)) {
                why = "it does not answer within " + PATIENCE_SECONDS + " s";
            }
        } catch (SQLException | RuntimeException away) {
            why = away.getMessage();
        }
        State before = state;
        boolean reachable = why == null;
        state = new State(reachable, why, reachable == before.reachable() ? before.since() : Instant.now());
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
