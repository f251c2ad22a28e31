package io.patchbay.session;

import io.patchbay.database.DatabaseReadiness;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** Wires what stores accounting and keeps it in order. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SessionStoreSettings.class)
class SessionStoreConfiguration {
    /** Its partitions are made as soon as there are tables, which is before accounting can be stored. */
    @Bean
    SessionPartitions sessionPartitions(
            @Qualifier("accountingDataSource") DataSource dataSource,
            SessionStoreSettings settings,
            DatabaseReadiness readiness) {
        SessionPartitions partitions = new SessionPartitions(
                dataSource, Clock.systemUTC(), settings.keepRecords(), settings.keepSessions());
        readiness.whenMigrated().thenRun(partitions::makeAhead);
        return partitions;
    }

    @Bean
    SessionStore sessionStore(
            @Qualifier("accountingDataSource") DataSource dataSource, SessionPartitions partitions)
            throws UnknownHostException {
        return new SessionStore(
                dataSource, partitions, Clock.systemUTC(), InetAddress.getLocalHost().getHostName());
    }

    @Bean
    AccountingCount accountingCount(JdbcTemplate jdbc) {
        return new AccountingCount(jdbc);
    }
}
