package io.patchbay.session;

import io.micrometer.core.instrument.MeterRegistry;
import io.patchbay.binding.BindingIndex;
import io.patchbay.binding.Resolver;
import io.patchbay.commit.CommitMeters;
import io.patchbay.commit.CommitSettings;
import io.patchbay.commit.GroupCommit;
import io.patchbay.commit.JournalSettings;
import io.patchbay.commit.JournaledStore;
import io.patchbay.ledger.NasObservations;
import io.patchbay.line.LineTemplates;
import io.patchbay.radius.DuplicateCache;
import io.patchbay.radius.netty.RadiusDatagramDecoder;
import io.patchbay.radius.netty.RadiusDatagramEncoder;
import io.patchbay.request.ClientSecrets;
import io.patchbay.request.KnownClients;
import io.patchbay.request.LineAttributes;
import io.patchbay.request.RequestEnd;
import io.patchbay.request.Step;
import io.patchbay.session.AccountingCounters.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.camel.Processor;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The steps of the accounting route, each under the name by which {@code routes/radius-accounting.camel.yaml} calls it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AccountingSettings.class)
class SessionConfiguration {
    /** In metrics, thread names, sentences, and the journal's folder. */
    private static final String NAME = "accounting";

    private static final int REMEMBERED_REQUESTS = 65_536;
    /** RFC 5080 section 2.2.2 leaves the time to us; NASes repeat after 3 to 5 s. */
    private static final Duration REMEMBERED_FOR = Duration.ofSeconds(10);

    @Bean
    DuplicateCache accountingDuplicates() {
        return new DuplicateCache(REMEMBERED_REQUESTS, REMEMBERED_FOR, Duration.ofSeconds(10), System::nanoTime);
    }

    @Bean
    AccountingCounters accountingCounters(MeterRegistry registry) {
        return new AccountingCounters(registry);
    }

    @Bean
    ClockOffsets clockOffsets(MeterRegistry registry) {
        return new ClockOffsets(registry);
    }

    @Bean
    RadiusDatagramDecoder accountingDecoder(BindingIndex index, AccountingCounters counters) {
        return new RadiusDatagramDecoder(new KnownClients(index, AccountingRequest::new, counters), counters);
    }

    @Bean
    RadiusDatagramEncoder accountingEncoder(AccountingCounters counters) {
        return new RadiusDatagramEncoder(counters);
    }

    @Bean
    RequestEnd<Outcome> accountingEnd(DuplicateCache accountingDuplicates, AccountingCounters counters) {
        return new RequestEnd<>(accountingDuplicates, counters::count);
    }

    @Bean
    AbandonAccounting abandonAccounting(RequestEnd<Outcome> end) {
        return new AbandonAccounting(end);
    }

    @Bean
    Processor authenticateAccounting(
            ClientSecrets secrets, NasObservations observations, RequestEnd<Outcome> end, AbandonAccounting abandon) {
        return new Step(new AuthenticateAccounting(secrets, observations, end), abandon::abandon);
    }

    @Bean
    AccountingReader accountingReader(LineTemplates templates, Resolver resolver, BindingIndex index) {
        return new AccountingReader(new LineAttributes(templates), resolver, index);
    }

    @Bean
    Processor readRecord(
            AccountingReader reader, ClockOffsets clocks, RequestEnd<Outcome> end, AbandonAccounting abandon) {
        return new Step(new ReadRecord(reader, clocks, end), abandon::abandon);
    }

    @Bean
    JournaledStore<AccountingRequest> accountingStore(
            AccountingSettings settings,
            SessionStore store,
            AccountingReader reader,
            BindingIndex index,
            @Value("${patchbay.data-dir:./data}") Path dataFolder,
            MeterRegistry meters)
            throws IOException {
        JournaledStore<AccountingRequest> journaled = JournaledStore.open(
                new AccountingGroups(store::storeRecords, new JournaledAccounting(reader, index), index),
                NAME,
                dataFolder.resolve("journal").resolve(NAME),
                JournalSettings.of(
                        settings.journalLimit().toBytes(),
                        settings.journalReserve().toBytes()),
                settings.groupSize());
        CommitMeters.register(journaled, meters);
        return journaled;
    }

    @Bean
    GroupCommit<AccountingRequest> commitGroup(
            AccountingSettings settings,
            JournaledStore<AccountingRequest> store,
            ObjectProvider<LoginsWaiting> logins,
            DuplicateCache accountingDuplicates,
            AccountingCounters counters,
            MeterRegistry meters) {
        LoginsWaiting waiting = logins.getIfAvailable(() -> () -> false);
        GroupCommit<AccountingRequest> commit = new GroupCommit<>(
                new CommitSettings(
                        NAME,
                        settings.writers(),
                        settings.groupSize(),
                        settings.pace(),
                        settings.queue(),
                        settings.patience()),
                AccountingRequest.class,
                store,
                waiting::areWaiting,
                new NotStored(accountingDuplicates, counters));
        CommitMeters.register(commit, meters);
        return commit;
    }

    @Bean
    Processor acknowledge(DuplicateCache accountingDuplicates, AccountingCounters counters, AbandonAccounting abandon) {
        return new Step(new Acknowledge(accountingDuplicates, counters), abandon::abandon);
    }
}
