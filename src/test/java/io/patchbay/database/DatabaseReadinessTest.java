package io.patchbay.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.patchbay.vault.MasterKeys;
import io.patchbay.vault.Vault;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;

class DatabaseReadinessTest {
    @TempDir
    Path folder;

    @Test
    void aReachableDatabaseIsMigratedBeforeTheStartGoesOn() {
        DataSource database = TestDatabase.empty();
        try (DatabaseReadiness readiness = readiness("a")) {
            readiness.migrate(flyway(database));
            assertThat(readiness.isMigrated()).isTrue();
            assertThat(readiness.whenMigrated()).isCompleted();
        }
        assertThat(new JdbcTemplate(database).queryForObject("select count(*) from tenant", Integer.class))
                .isOne();
    }

    @Test
    void aDatabaseThatIsAwayAtTheStartIsMigratedWhenItComesBack() throws Exception {
        AtomicBoolean away = new AtomicBoolean(true);
        DataSource database = new DelegatingDataSource(TestDatabase.empty()) {
            @Override
            public Connection getConnection() throws SQLException {
                if (away.get()) {
                    throw new SQLException("connection refused", "08001");
                }
                return super.getConnection();
            }
        };
        try (DatabaseReadiness readiness = readiness("a")) {
            readiness.migrate(flyway(database));
            assertThat(readiness.isMigrated()).isFalse();
            assertThat(readiness.whenMigrated()).isNotDone();
            away.set(false);
            readiness.whenMigrated().get(30, TimeUnit.SECONDS);
            assertThat(readiness.isMigrated()).isTrue();
        }
    }

    @Test
    void aStrangeMasterKeyStopsTheStartWithASentence() {
        DataSource database = TestDatabase.empty();
        try (DatabaseReadiness first = readiness("a")) {
            first.migrate(flyway(database));
        }
        try (DatabaseReadiness again = readiness("a")) {
            again.migrate(flyway(database));
        }
        try (DatabaseReadiness strange = readiness("b")) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> strange.migrate(flyway(database)))
                    .withMessageContaining("master key")
                    .withMessageContaining(folder.resolve("b").toString())
                    .withMessageContaining("patchbay.master-key-file");
            assertThat(strange.isMigrated()).isFalse();
        }
    }

    private DatabaseReadiness readiness(String keyFile) {
        Vault vault = new Vault(MasterKeys.loadOrCreate(folder.resolve(keyFile)));
        return new DatabaseReadiness(new MasterKeyCheck(vault), Duration.ofMillis(20));
    }

    private static Flyway flyway(DataSource database) {
        return Flyway.configure().dataSource(database).load();
    }
}
