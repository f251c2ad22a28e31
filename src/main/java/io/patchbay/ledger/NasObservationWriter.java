package io.patchbay.ledger;

import io.patchbay.database.DatabaseReadiness;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes in what was observed of the NAS clients once the tables are there, and writes what is new every few seconds. */
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
        thread.scheduleWithFixedDelay(this::flush, INTERVAL_SECONDS, INTERVAL_SECONDS, TimeUnit.SECONDS);
        observations.load();
    }

    private void flush() {
        try {
            observations.flush();
        } catch (RuntimeException databaseAway) {
            LOG.warn("What was seen of the NAS clients waits to be written: {}", databaseAway.getMessage());
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        flush();
    }
}
