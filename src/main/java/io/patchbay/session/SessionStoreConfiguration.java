package io.patchbay.session;

import io.patchbay.database.DatabaseReadiness;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.BeanFactory;
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
    SessionPartitions sessionPartitions(BeanFactory beans, SessionStoreSettings settings, DatabaseReadiness readiness) {
        SessionPartitions partitions = new SessionPartitions(
                accounting(beans), Clock.systemUTC(), settings.keepRecords(), settings.keepSessions());
        readiness.whenMigrated().thenRun(partitions::makeAhead);
        return partitions;
    }

    @Bean
    SessionStore sessionStore(BeanFactory beans, SessionPartitions partitions) {
        return new SessionStore(accounting(beans), partitions, Clock.systemUTC(), hostName());
    }

    /** The routes close-stale-sessions, archive-sessions and keep-partitions call it. */
    @Bean
    SessionSweeps sessionSweeps(
            DataSource dataSource,
            SessionPartitions partitions,
            SessionStoreSettings settings,
            DatabaseReadiness readiness) {
        return new SessionSweeps(dataSource, partitions, settings, Clock.systemUTC(), readiness::isMigrated);
    }

    @Bean
    AccountingCount accountingCount(JdbcTemplate jdbc) {
        return new AccountingCount(jdbc);
    }

    private static DataSource accounting(BeanFactory beans) {
        return beans.getBean("accountingDataSource", DataSource.class);
    }

    /** Two hubs of one name share their rows of the count: right, but now and then one waits for the other. */
    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "hub";
        }
    }
}
