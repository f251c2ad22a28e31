package io.patchbay.database;

import com.zaxxer.hikari.HikariDataSource;
import io.patchbay.vault.MasterKeys;
import io.patchbay.vault.Vault;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.flyway.FlywayMigrationStrategy;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** The beans of the database and of the vault that seals what is stored in it. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {
    /** What is acknowledged is durable, whatever the server's default. */
    private static final String ACCOUNTING_SESSION = "set synchronous_commit = on; set enable_seqscan = off;"
            + " set enable_hashjoin = off; set enable_mergejoin = off; set plan_cache_mode = force_generic_plan;"
            + " set jit = off";

    @Bean
    MasterKeys masterKeys(
            @Value("${patchbay.data-dir:./data}") Path dataFolder,
            @Value("${patchbay.master-key-file:}") String masterKeyFile) {
        return MasterKeys.loadOrCreate(
                masterKeyFile.isBlank() ? dataFolder.resolve("master.key") : Path.of(masterKeyFile));
    }

    @Bean
    Vault vault(MasterKeys masterKeys) {
        return new Vault(masterKeys);
    }

    /** A lazy pool: neither this bean nor its users fail while the database is away. */
    @Bean
    @ConfigurationProperties("spring.datasource.hikari")
    HikariDataSource dataSource(DatabaseAddress address) {
        HikariDataSource pool = pool("ledger", address, Duration.ofSeconds(5));
        pool.setMaximumPoolSize(12);
        pool.setMinimumIdle(2);
        pool.addDataSourceProperty("reWriteBatchedInserts", "true");
        return pool;
    }

    /**
     * For requests that memory cannot answer: a NAS is waiting, so that nothing here may take longer than it has patience,
     * and an import that holds every connection of the other pool holds none of this one.
     */
    @Bean(autowireCandidate = false)
    HikariDataSource missDataSource(DatabaseAddress address) {
        HikariDataSource pool = pool("miss", address, Duration.ofMillis(500));
        pool.setMaximumPoolSize(2);
        pool.setMinimumIdle(1);
        pool.setReadOnly(true);
        pool.addDataSourceProperty("socketTimeout", "2");
        return pool;
    }

    /**
     * For accounting: a connection for each of the hub's writers and one for its partitions. Its statements look up rows by
     * key, some hundred of millions: the planner is kept from reading a whole table because it has no statistics yet, or
     * old ones. A database that has vanished is noticed within 3 s, and what comes in goes to the journal.
     */
    @Bean(autowireCandidate = false)
    HikariDataSource accountingDataSource(DatabaseAddress address) {
        HikariDataSource pool = pool("accounting", address, Duration.ofSeconds(3));
        pool.setMaximumPoolSize(5);
        pool.setMinimumIdle(2);
        pool.addDataSourceProperty("socketTimeout", "3");
        pool.setConnectionInitSql(ACCOUNTING_SESSION);
        return pool;
    }

    private static HikariDataSource pool(String name, DatabaseAddress address, Duration patience) {
        HikariDataSource pool = new HikariDataSource();
        pool.setPoolName(name);
        pool.setJdbcUrl(address.jdbcUrl());
        pool.setUsername(address.user());
        pool.setPassword(address.password());
        pool.setInitializationFailTimeout(-1);
        pool.setConnectionTimeout(patience.toMillis());
        pool.setValidationTimeout(patience.toMillis());
        pool.addDataSourceProperty("ApplicationName", "patchbay-" + name);
        pool.addDataSourceProperty("connectTimeout", "5");
        pool.addDataSourceProperty("tcpKeepAlive", "true");
        return pool;
    }

    @Bean
    DatabaseReadiness databaseReadiness(Vault vault) {
        return new DatabaseReadiness(new MasterKeyCheck(vault), Duration.ofSeconds(2));
    }

    /** Spring Boot orders every user of JDBC behind the migration. */
    @Bean
    FlywayMigrationStrategy flywayMigrationStrategy(DatabaseReadiness readiness) {
        return readiness::migrate;
    }

    @Bean
    @ConditionalOnProperty("spring.datasource.url")
    DatabaseAddress externalDatabase(
            @Value("${spring.datasource.url}") String url,
            @Value("${spring.datasource.username:}") String user,
            @Value("${spring.datasource.password:}") String password) {
        return new DatabaseAddress(url, user.isEmpty() ? null : user, password.isEmpty() ? null : password);
    }

    @Configuration(proxyBeanMethods = false)
    @Conditional(NoExternalDatabase.class)
    static class Embedded {
        @Bean
        EmbeddedDatabase embeddedDatabase(@Value("${patchbay.data-dir:./data}") Path dataFolder) {
            return EmbeddedDatabase.start(dataFolder);
        }

        @Bean
        DatabaseAddress embeddedDatabaseAddress(EmbeddedDatabase embedded) {
            return embedded.address();
        }
    }

    static class NoExternalDatabase implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return !context.getEnvironment().containsProperty("spring.datasource.url");
        }
    }
}
