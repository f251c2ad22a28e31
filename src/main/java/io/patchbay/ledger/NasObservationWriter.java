package io.patchbay.ledger;

import io.patchbay.database.DatabaseReadiness;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every few seconds, once the tables are there: writes what was observed of the NAS clients, and takes in what other nodes
 * have learned or reset. What earlier runs learned is read with the bindings, before any request is.
 */
final class NasObservationWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NasObservationWriter.class);
    private static final int INTERVAL_SECONDS = 5;

    private final NasObservations observations;
    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("nas-observations").daemon().factory());

    NasObservationWriter(NasObservations observations, DatabaseReadiness readiness) {
        this.observations = observations;
        readiness.whenMigrated().thenRunAsync(this::begin, thread);
    }

    private void begin() {
        thread.scheduleWithFixedDelay(this::exchange, INTERVAL_SECONDS, INTERVAL_SECONDS, TimeUnit.SECONDS);
    }

    private void exchange() {
        if (flush()) {
            try {
                observations.load();
            } catch (RuntimeException databaseAway) {
                LOG.warn("What other nodes learned of the NAS clients waits to be read: {}", databaseAway.getMessage());
            }
        }
    }

    private boolean flush() {
        try {
            observations.flush();
            return true;
        } catch (RuntimeException databaseAway) {
            LOG.warn("What was seen of the NAS clients waits to be written: {}", databaseAway.getMessage());
            return false;
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        flush();
    }
}
