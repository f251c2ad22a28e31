package io.patchbay.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchbay.ledger.NasObservations;
import io.patchbay.wire.IpPrefix;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;

class BindingStartupTest {
    private static final Duration NEVER = Duration.ofHours(1);

    @TempDir
    Path folder;

    private LedgerFixture ledger;
    private Switch database;
    private BindingIndex index;
    private BindingSnapshot snapshot;
    private NasObservations observations;
    private FeedThread feedThread;
    private BindingStartup startup;

    @BeforeEach
    void openLedger() {
        ledger = new LedgerFixture(folder);
        database = new Switch(ledger.dataSource);
        hub(Duration.ofMillis(100));
    }

    @AfterEach
    void close() {
        startup.close();
    }

    private void hub(Duration pollInterval) {
        index = new BindingIndex();
        JdbcTemplate jdbc = new JdbcTemplate(database);
        observations = new NasObservations(jdbc, Clock.systemUTC());
        snapshot = new BindingSnapshot(folder.resolve("bindings.snapshot"), ledger.vault, observations);
        BindingLoader loader = new BindingLoader(jdbc, ledger.vault, ledger.unreadable, observations);
        ChangeFeed feed = new ChangeFeed(loader, loader, index, () -> {});
        feedThread = new FeedThread(feed, database, pollInterval);
        startup = new BindingStartup(
                index,
                feed,
                feedThread,
                new IndexDigest(loader, index, feed),
                snapshot,
                new BindingStartup.Settings(NEVER, NEVER));
    }

    @Test
    void withTheDatabaseThereTheIndexIsCompleteAtOnce() {
        long service = ledger.service("alice", "c1");
        startup.start();
        assertThat(index.isComplete()).isTrue();
        assertThat(index.byService(service)).isNotNull();
    }

    @Test
    void withNeitherDatabaseNorSnapshotItStaysSilentUntilTheDatabaseComes() {
        ledger.service("alice", "c1");
        database.away = true;
        startup.start();
        assertThat(index.isComplete()).isFalse();
        database.away = false;
        await().until(index::isComplete);
        assertThat(index.size()).isEqualTo(1);
    }

    @Test
    void withTheDatabaseAwayTheSnapshotServesAndTheLedgerTakesOverLater() {
        ledger.service("alice", "c1");
        startup.start();
        startup.close();
        assertThat(snapshot.exists()).isTrue();

        long later = ledger.service("later", "c2");
        database.away = true;
        hub(Duration.ofMillis(100));
        startup.start();
        assertThat(index.isComplete()).isTrue();
        assertThat(index.size()).isEqualTo(1);
        assertThat(index.byUser(ledger.only("tenant"), "alice")).isNotNull();

        database.away = false;
        await().until(() -> index.byService(later) != null);
        assertThat(index.size()).isEqualTo(2);
    }

    @Test
    void whoSignsIsKnownBeforeAnybodyIsAnsweredWithTheDatabaseOrWithout() {
        IpPrefix stored = IpPrefix.parse("192.0.2.1");
        IpPrefix learned = IpPrefix.parse("192.0.2.2");
        ledger.jdbc.update("insert into nas_source values ('192.0.2.1', now())");
        startup.start();
        assertThat(observations.isSigning(stored)).isTrue();
        observations.learnSigning(learned);
        startup.close();

        database.away = true;
        hub(Duration.ofMillis(100));
        assertThat(observations.isSigning(stored)).isFalse();
        startup.start();
        assertThat(index.isComplete()).isTrue();
        assertThat(observations.signing()).containsExactlyInAnyOrder(stored, learned);
    }

    @Test
    void aNotificationWakesTheFeedLongBeforeItPolls() {
        hub(Duration.ofSeconds(30));
        startup.start();
        await().until(feedThread::isConnected);
        long service = ledger.service("alice", "c1");
        LedgerFixture.event(ledger.jdbc, "service-created", service, null);
        await().atMost(Duration.ofSeconds(10)).until(() -> index.byService(service) != null);
        // The next one finds it listening, whatever it did at the first.
        ledger.jdbc.update("update service set state = 'suspended' where id = ?", service);
        LedgerFixture.event(ledger.jdbc, "service-changed", service, null);
        await().atMost(Duration.ofSeconds(10))
                .until(() -> index.byService(service).state().name().equals("SUSPENDED"));
    }

    @Test
    void afterAnOutageTheFeedGoesOnWhereItWas() {
        startup.start();
        await().until(feedThread::isConnected);
        database.away = true;
        disconnectEverybodyElse();
        await().until(() -> !feedThread.isConnected());
        long service = ledger.service("alice", "c1");
        LedgerFixture.event(ledger.jdbc, "service-created", service, null);
        assertThat(index.isComplete()).as("it answers on").isTrue();
        database.away = false;
        await().until(() -> index.byService(service) != null);
    }

    private void disconnectEverybodyElse() {
        new JdbcTemplate(ledger.dataSource)
                .queryForList("select pg_terminate_backend(pid) from pg_stat_activity"
                        + " where datname = current_database() and pid <> pg_backend_pid()");
    }

    /** A database that can be away. */
    private static final class Switch extends DelegatingDataSource {
        private volatile boolean away;

        private Switch(javax.sql.DataSource dataSource) {
            super(dataSource);
        }

        @Override
        public Connection getConnection() throws SQLException {
            if (away) {
                throw new SQLException("away, as the test wants it", "08001");
            }
            return super.getConnection();
        }
    }
}
