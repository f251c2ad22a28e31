package io.patchbay.sighting;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.patchbay.database.DatabaseAway;
import io.patchbay.sighting.AttemptTally.Identity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Takes every attempt from the reply path and writes it behind the reply. {@link #note} puts it into a ring, nothing more;
 * one thread folds repeats together and writes a bounded number of rows a flush, denied attempts before accepted ones. What
 * does not fit, and what comes while the database is away and the memory for it is full, is dropped and counted.
 */
public final class AuthenticationLog implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(AuthenticationLog.class);
    private static final Duration BETWEEN_RETENTIONS = Duration.ofMinutes(10);
    /** The ring holds what comes meanwhile; nobody wakes the writer, for that would cost the reply path. */
    private static final long LONGEST_NAP_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final AuthenticationStore store;
    private final AuthenticationLogSettings settings;
    private final Counter queueFull;
    private final Counter tooMany;
    private final Counter notStored;
    private final AttemptRing denied;
    private final AttemptRing accepted;
    private final Map<Identity, AttemptTally> deniedTallies = new LinkedHashMap<>();
    private final Map<Identity, AttemptTally> acceptedTallies = new LinkedHashMap<>();
    private Thread thread;
    private volatile boolean running;
    private boolean databaseAway;
    private long lastRetention;

    AuthenticationLog(AuthenticationStore store, AuthenticationLogSettings settings, MeterRegistry meters) {
        this.store = store;
        this.settings = settings;
        this.denied = new AttemptRing(settings.queue());
        this.accepted = new AttemptRing(settings.queue());
        this.queueFull = dropped(meters, "queue-full");
        this.tooMany = dropped(meters, "too-many-distinct");
        this.notStored = dropped(meters, "not-stored");
    }

    /** Never blocks: without room the attempt is dropped and counted. */
    public void note(AuthenticationAttempt attempt) {
        if (!(attempt.isAccepted() ? accepted : denied).offer(attempt)) {
            queueFull.increment();
        }
    }

    @Override
    public synchronized void start() {
        if (!running) {
            running = true;
            thread = Thread.ofPlatform().name("authentication-log").daemon().start(this::run);
        }
    }

    /** Writes what is queued, then ends. */
    @Override
    public synchronized void stop() {
        if (running) {
            running = false;
            LockSupport.unpark(thread);
            try {
                thread.join(TimeUnit.SECONDS.toMillis(10));
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void run() {
        lastRetention = System.nanoTime() - BETWEEN_RETENTIONS.toNanos();
        while (running) {
            collectFor(settings.flushInterval().toNanos());
            flush();
            forgetNowAndThen();
        }
        collect();
        flush();
    }

    private void collectFor(long nanos) {
        long deadline = System.nanoTime() + nanos;
        long left;
        while (running && (left = deadline - System.nanoTime()) > 0) {
            LockSupport.parkNanos(this, Math.min(left, LONGEST_NAP_NANOS));
            collect();
        }
    }

    private void collect() {
        collect(denied, deniedTallies);
        collect(accepted, acceptedTallies);
    }

    private void collect(AttemptRing ring, Map<Identity, AttemptTally> tallies) {
        AuthenticationAttempt attempt;
        while ((attempt = ring.poll()) != null) {
            Identity identity = Identity.of(attempt);
            AttemptTally tally = tallies.get(identity);
            if (tally == null) {
                if (tallies.size() >= settings.rows()) {
                    tooMany.increment();
                    continue;
                }
                tally = new AttemptTally(attempt);
                tallies.put(identity, tally);
            }
            tally.add(attempt);
        }
    }

    /** Accepted attempts for which this flush has no room wait for the next. */
    private void flush() {
        List<AttemptTally> rows = new ArrayList<>(deniedTallies.values());
        acceptedTallies.values().stream().limit(settings.rows() - rows.size()).forEach(rows::add);
        if (rows.isEmpty()) {
            return;
        }
        try {
            store.add(rows);
            databaseAway = false;
        } catch (RuntimeException failed) {
            if (DatabaseAway.explains(failed)) {
                tellOnce(rows.size(), failed);
                return;
            }
            LOG.error("{} authentication attempts cannot be stored; they are dropped.", rows.size(), failed);
            notStored.increment(rows.size());
        }
        remove(rows.size() - deniedTallies.size());
    }

    private void remove(int acceptedRows) {
        deniedTallies.clear();
        Iterator<AttemptTally> oldest = acceptedTallies.values().iterator();
        for (int row = 0; row < acceptedRows; row++) {
            oldest.next();
            oldest.remove();
        }
    }

    private void tellOnce(int rows, RuntimeException failed) {
        if (!databaseAway) {
            databaseAway = true;
            LOG.warn("Authentication attempts cannot be written; {} are kept and tried again.", rows, failed);
        }
    }

    private void forgetNowAndThen() {
        long now = System.nanoTime();
        if (!databaseAway && now - lastRetention >= BETWEEN_RETENTIONS.toNanos()) {
            lastRetention = now;
            try {
                store.forget(settings.keep(), settings.keepSize());
            } catch (RuntimeException failed) {
                LOG.warn(
                        "Old authentication attempts could not be dropped; the next attempt is in {}.",
                        BETWEEN_RETENTIONS,
                        failed);
            }
        }
    }

    private static Counter dropped(MeterRegistry meters, String cause) {
        return Counter.builder("patchbay.authentication.log.dropped")
                .description("Authentication attempts that are not in the authentication log")
                .tag("cause", cause)
                .register(meters);
    }
}
