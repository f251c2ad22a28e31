package io.patchbay.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.JdbcTemplate;

class DatabaseConfigurationTest {
    @TempDir
    Path folder;

    @Test
    void withoutASettingTheHubRunsOnTheEmbeddedDatabase() {
        runner().run(hub -> {
            assertThat(hub).hasNotFailed().hasSingleBean(EmbeddedDatabase.class);
            assertThat(hub.getBean(DatabaseReadiness.class).isMigrated()).isTrue();
            assertThat(hub.getBean(JdbcTemplate.class).queryForObject("show fsync", String.class))
                    .isEqualTo("on");
            assertThat(hub.getBean(JdbcTemplate.class).queryForObject("select name from tenant", String.class))
                    .isEqualTo("default");
        });
        assertThat(folder.resolve("master.key")).isNotEmptyFile();
    }

    @Test
    void theHubStartsWhileTheExternalDatabaseIsAway() {
        runner().withPropertyValues(
                        "spring.datasource.url=jdbc:postgresql://127.0.0.1:1/ledger",
                        "spring.datasource.username=hub",
                        "spring.datasource.password=hidden",
                        "spring.datasource.hikari.connection-timeout=250")
                .run(hub -> {
                    assertThat(hub).hasNotFailed().doesNotHaveBean(EmbeddedDatabase.class);
                    assertThat(hub.getBean(DatabaseReadiness.class).isMigrated())
                            .isFalse();
                    assertThat(hub.getBean(DatabaseAddress.class).toString()).doesNotContain("hidden");
                });
    }

    private ApplicationContextRunner runner() {
        return new ApplicationContextRunner()
                .withPropertyValues("patchbay.data-dir=" + folder)
                .withConfiguration(AutoConfigurations.of(
                        DataSourceAutoConfiguration.class,
                        DataSourceTransactionManagerAutoConfiguration.class,
                        JdbcTemplateAutoConfiguration.class,
                        FlywayAutoConfiguration.class))
                .withUserConfiguration(DatabaseConfiguration.class);
    }
}
