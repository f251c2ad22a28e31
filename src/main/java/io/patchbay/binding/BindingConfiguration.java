package io.patchbay.binding;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.patchbay.ledger.NasObservations;
import io.patchbay.ledger.UnreadableSecrets;
import io.patchbay.line.LineTemplates;
import io.patchbay.vault.Vault;
import java.nio.file.Path;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** The beans of the index. It is filled before Camel opens a socket, so that a restart is silent for as short as can be. */
@Configuration(proxyBeanMethods = false)
class BindingConfiguration {
    private static final int REMEMBERED_MISSES = 100_000;
    private static final int MISS_QUERY_SECONDS = 1;

    @Bean
    BindingIndex bindingIndex(MeterRegistry meters) {
        BindingIndex index = new BindingIndex();
        Gauge.builder("patchbay.bindings", index, BindingIndex::size)
                .description("Services in memory")
                .register(meters);
        return index;
    }

    @Bean
    Resolver resolver(BindingIndex index, LineTemplates templates) {
        return new Resolver(index, templates);
    }

    @Bean
    Decider decider(BindingIndex index, LineTemplates templates) {
        return new Decider(index, templates);
    }

    @Bean
    NegativeCache negativeCache(@Value("${patchbay.radius.negative-cache-time:10s}") Duration timeToLive) {
        return new NegativeCache(REMEMBERED_MISSES, timeToLive);
    }

    @Bean
    UnreadableSecrets unreadableSecrets(MeterRegistry meters) {
        UnreadableSecrets unreadable = new UnreadableSecrets();
        Gauge.builder("patchbay.bindings.unreadable", unreadable, UnreadableSecrets::count)
                .description("Services and NAS clients of which a sealed secret does not open; the log names them")
                .register(meters);
        return unreadable;
    }

    @Bean
    BindingLoader bindingLoader(
            JdbcTemplate jdbc, Vault vault, UnreadableSecrets unreadable, NasObservations observations) {
        return new BindingLoader(jdbc, vault, unreadable, observations);
    }

    /** The pool for misses is no candidate for autowiring, so that nobody takes it by accident: hence by name. */
    @Bean
    ChangeFeed changeFeed(
            BindingLoader loader,
            BeanFactory beans,
            Vault vault,
            UnreadableSecrets unreadable,
            NasObservations observations,
            BindingIndex index,
            NegativeCache negatives) {
        JdbcTemplate misses = new JdbcTemplate(beans.getBean("missDataSource", DataSource.class));
        misses.setQueryTimeout(MISS_QUERY_SECONDS);
        BindingLoader missLoader = new BindingLoader(misses, vault, unreadable, observations);
        return new ChangeFeed(loader, missLoader, index, negatives::forgetAll);
    }

    @Bean
    FeedThread feedThread(
            ChangeFeed feed,
            DataSource dataSource,
            @Value("${patchbay.binding.poll-interval:1s}") Duration pollInterval) {
        return new FeedThread(feed, dataSource, pollInterval);
    }

    @Bean
    BindingSnapshot bindingSnapshot(
            @Value("${patchbay.data-dir:./data}") Path dataFolder, Vault vault, NasObservations observations) {
        return new BindingSnapshot(dataFolder.resolve("bindings.snapshot"), vault, observations);
    }

    @Bean
    BindingStartup bindingStartup(
            BindingIndex index,
            ChangeFeed feed,
            FeedThread feedThread,
            BindingLoader loader,
            BindingSnapshot snapshot,
            MeterRegistry meters,
            @Value("${patchbay.binding.digest-interval:10m}") Duration digestInterval,
            @Value("${patchbay.binding.snapshot-interval:1m}") Duration snapshotInterval) {
        BindingStartup startup = new BindingStartup(
                index,
                feed,
                feedThread,
                new IndexDigest(loader, index, feed),
                snapshot,
                new BindingStartup.Settings(digestInterval, snapshotInterval));
        Gauge.builder("patchbay.bindings.differences", startup, BindingStartup::differences)
                .description(
                        "Services that the periodic comparison of memory and ledger found differing since the start")
                .register(meters);
        return startup;
    }

    @Bean
    SmartLifecycle bindingLifecycle(BindingStartup startup) {
        return new SmartLifecycle() {
            private volatile boolean running;

            @Override
            public void start() {
                startup.start();
                running = true;
            }

            @Override
            public void stop() {
                startup.close();
                running = false;
            }

            @Override
            public boolean isRunning() {
                return running;
            }

            /** Early: Camel's routes start in the last phase. */
            @Override
            public int getPhase() {
                return 0;
            }
        };
    }
}
