package io.patchbay.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.patchbay.database.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.Status;
import org.springframework.jdbc.datasource.AbstractDataSource;

/** The hub is UP when it answers; what else is away is told beside that. */
class HealthTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void theHubIsUpOnceEveryGateIsOpen() {
        AtomicBoolean complete = new AtomicBoolean();
        HubHealth health = new HubHealth(List.of(
                ReadinessGate.of("sockets", () -> true, () -> "bound"),
                ReadinessGate.of("index", complete::get, () -> "7 bindings")));
        assertThat(health.health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
        complete.set(true);
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
        assertThat(health.health().getDetails())
                .containsEntry("index", "7 bindings")
                .containsEntry("sockets", "bound");
    }

    @Test
    void aDatabaseThatIsAwayIsADetailAndNoState() throws Exception {
        DataSource real = TestDatabase.fresh();
        AtomicBoolean away = new AtomicBoolean(true);
        DataSource dataSource = new AbstractDataSource() {
            @Override
            public Connection getConnection() throws SQLException {
                if (away.get()) {
                    throw new SQLException("connection refused");
                }
                return real.getConnection();
            }

            @Override
            public Connection getConnection(String user, String password) throws SQLException {
                return getConnection();
            }
        };
        try (DatabaseHealth health = new DatabaseHealth(dataSource, meters, Duration.ofDays(1))) {
            health.ask();
            assertThat(health.health().getStatus()).isEqualTo(Status.UP);
            assertThat(health.health().getDetails())
                    .containsEntry("reachable", false)
                    .containsEntry("why", "connection refused");
            assertThat(gauge()).isZero();
            away.set(false);
            health.ask();
            Health back = health.health();
            assertThat(back.getDetails()).containsEntry("reachable", true).doesNotContainKey("why");
            assertThat(gauge()).isEqualTo(1);
        }
    }

    private double gauge() {
        return meters.get("patchbay.database.reachable").gauge().value();
    }
}
