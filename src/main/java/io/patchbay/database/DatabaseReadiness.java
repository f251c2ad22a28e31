package io.patchbay.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the tables up to date, at the start if the database can be reached, otherwise in the background as soon as it can.
 * A database that answers but cannot be migrated, or whose secrets were sealed with another master key, stops the start.
 */
public final class DatabaseReadiness implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseReadiness.class);

    private final MasterKeyCheck masterKeyCheck;
    private final Duration retryAfter;
    private final CompletableFuture<Void> migrated = new CompletableFuture<>();
    private volatile ScheduledExecutorService retries;

    DatabaseReadiness(MasterKeyCheck masterKeyCheck, Duration retryAfter) {
        this.masterKeyCheck = masterKeyCheck;
        this.retryAfter = retryAfter;
    }

    /** Whether the tables are there and up to date. */
    public boolean isMigrated() {
        return migrated.isDone() && !migrated.isCompletedExceptionally();
    }

    /**
     * Completes when the tables are there and up to date; exceptionally when the database was away at the start and then
     * turned out not to be usable (the log says why). Dependents run on the thread that migrates: be brief, or go async.
     */
    public CompletableFuture<Void> whenMigrated() {
        return migrated.copy();
    }

    /** Called once, by Spring, before any bean that uses the tables. */
    void migrate(Flyway flyway) {
        if (attempt(flyway)) {
            return;
        }
        LOG.warn(
                "The database cannot be reached; the hub starts without it and tries again every {} s",
                retryAfter.toSeconds());
        retries = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("database-readiness").daemon().factory());
        retries.scheduleWithFixedDelay(
                () -> attemptLater(flyway), retryAfter.toMillis(), retryAfter.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void attemptLater(Flyway flyway) {
        try {
            if (attempt(flyway)) {
                LOG.info("The database is back and its tables are up to date");
                retries.shutdown();
            }
        } catch (RuntimeException unusable) {
            LOG.error("The database is back, but the hub cannot use it: {}", unusable.getMessage(), unusable);
            migrated.completeExceptionally(unusable);
            retries.shutdown();
        }
    }

    /** @return whether it is done; false when the database is away */
    private boolean attempt(Flyway flyway) {
        DataSource dataSource = flyway.getConfiguration().getDataSource();
        try {
            try (Connection reachable = dataSource.getConnection()) {
                reachable.isValid(5);
            }
            flyway.migrate();
            masterKeyCheck.run(dataSource);
        } catch (SQLException | RuntimeException failed) {
            if (DatabaseAway.is(failed)) {
                LOG.debug("The database is away", failed);
                return false;
            }
            throw failed instanceof RuntimeException unchecked
                    ? unchecked
                    : new IllegalStateException("The database refuses the hub: " + failed.getMessage(), failed);
        }
        migrated.complete(null);
        return true;
    }

    @Override
    public void close() {
        if (retries != null) {
            retries.shutdownNow();
        }
    }
}
