package io.patchbay.ledger;

import io.patchbay.database.DatabaseReadiness;
import io.patchbay.event.EventLog;
import io.patchbay.line.LineTemplates;
import io.patchbay.vault.Vault;
import java.nio.file.Path;
import java.time.Clock;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The beans of the ledger. They do not fail while the database is away: each asks it when it is used. */
@Configuration(proxyBeanMethods = false)
class LedgerConfiguration {

    @Bean
    EventLog eventLog(JdbcTemplate jdbc) {
        return new EventLog(jdbc);
    }

    @Bean
    Credentials credentials(Vault vault) {
        return new Credentials(vault);
    }

    @Bean
    NasClients nasClients(JdbcTemplate jdbc, PlatformTransactionManager transactions, EventLog events, Vault vault) {
        return new NasClients(jdbc, new TransactionTemplate(transactions), events, vault);
    }

    @Bean
    LedgerReader ledgerReader(JdbcTemplate jdbc) {
        return new LedgerReader(new NamedParameterJdbcTemplate(jdbc));
    }

    @Bean
    ServiceReader serviceReader(JdbcTemplate jdbc) {
        return new ServiceReader(new NamedParameterJdbcTemplate(jdbc));
    }

    @Bean
    Owners owners(JdbcTemplate jdbc) {
        return new Owners(jdbc);
    }

    @Bean
    AuditReader auditReader(JdbcTemplate jdbc) {
        return new AuditReader(jdbc);
    }

    @Bean
    TenantChanges tenantChanges(JdbcTemplate jdbc, PlatformTransactionManager transactions, EventLog events) {
        return new TenantChanges(jdbc, new TransactionTemplate(transactions), events);
    }

    @Bean
    AccessNodeChanges accessNodeChanges(
            JdbcTemplate jdbc, PlatformTransactionManager transactions, EventLog events, LineTemplates templates) {
        return new AccessNodeChanges(
                jdbc,
                new TransactionTemplate(transactions),
                events,
                templates::canonicalKey,
                templates.circuitIdTemplates());
    }

    @Bean
    SubscriberChanges subscriberChanges(JdbcTemplate jdbc, PlatformTransactionManager transactions, EventLog events) {
        return new SubscriberChanges(jdbc, new TransactionTemplate(transactions), events);
    }

    @Bean
    CredentialChanges credentialChanges(
            JdbcTemplate jdbc, PlatformTransactionManager transactions, EventLog events, Credentials credentials) {
        return new CredentialChanges(jdbc, new TransactionTemplate(transactions), events, credentials);
    }

    @Bean
    ServiceCreation serviceCreation(
            PlatformTransactionManager transactions, ServiceChanges services, CredentialChanges credentials) {
        return new ServiceCreation(new TransactionTemplate(transactions), services, credentials);
    }

    @Bean
    RowLocks rowLocks(JdbcTemplate jdbc, PlatformTransactionManager transactions) {
        return new RowLocks(jdbc, new TransactionTemplate(transactions));
    }

    @Bean
    AddressHolderSource assignedAddresses(JdbcTemplate jdbc) {
        return new AssignedAddresses(jdbc);
    }

    @Bean
    ServiceChanges serviceChanges(JdbcTemplate jdbc, PlatformTransactionManager transactions, EventLog events) {
        return new ServiceChanges(jdbc, new TransactionTemplate(transactions), events);
    }

    @Bean
    PlanChanges planChanges(JdbcTemplate jdbc, PlatformTransactionManager transactions, EventLog events) {
        return new PlanChanges(jdbc, new TransactionTemplate(transactions), events);
    }

    @Bean
    LineChanges lineChanges(
            JdbcTemplate jdbc, PlatformTransactionManager transactions, EventLog events, LineTemplates templates) {
        return new LineChanges(jdbc, new TransactionTemplate(transactions), events, templates::canonicalKey);
    }

    @Bean
    SubscriberImport subscriberImport(
            JdbcTemplate jdbc,
            PlatformTransactionManager transactions,
            EventLog events,
            Credentials credentials,
            LineTemplates templates) {
        return new SubscriberImport(
                jdbc,
                new TransactionTemplate(transactions),
                events,
                credentials,
                templates::canonicalKey,
                templates.circuitIdTemplates());
    }

    @Bean
    DemoPopulation demoPopulation(
            JdbcTemplate jdbc,
            PlatformTransactionManager transactions,
            EventLog events,
            NasClients nasClients,
            SubscriberImport subscriberImport) {
        return new DemoPopulation(jdbc, new TransactionTemplate(transactions), events, nasClients, subscriberImport);
    }

    /** A demo with a well-known secret belongs into a ledger of one's own machine only, unless it is asked for. */
    @Bean
    SmartInitializingSingleton demoAtFirstStart(
            DatabaseReadiness readiness,
            DemoPopulation demo,
            Environment environment,
            @Value("${patchbay.demo-folder:config/demo}") Path folder) {
        boolean embedded = !environment.containsProperty("spring.datasource.url");
        if (!environment.getProperty("patchbay.demo", Boolean.class, embedded)) {
            return () -> {};
        }
        return () -> {
            if (readiness.isMigrated()) {
                demo.loadIfNew(folder);
            }
        };
    }

    @Bean
    NasObservations nasObservations(JdbcTemplate jdbc) {
        return new NasObservations(jdbc, Clock.systemUTC());
    }

    @Bean
    NasObservationWriter nasObservationWriter(NasObservations observations, DatabaseReadiness readiness) {
        return new NasObservationWriter(observations, readiness);
    }
}
