package io.patchbay.sighting;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.patchbay.binding.DenialReason;
import io.patchbay.binding.Sighting;
import io.patchbay.binding.SightingSink;
import io.patchbay.database.DatabaseAway;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Takes sightings from the reply path and writes them behind it. {@link #note} counts and queues, nothing more; one thread
 * folds repeats together and flushes. While the database is away the folded sightings are kept, up to the limit; what does
 * not fit is dropped and counted.
 */
public final class SightingWriter implements SightingSink, SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(SightingWriter.class);
    private static final Duration BETWEEN_RETENTIONS = Duration.ofMinutes(10);

    /** So that the end is noticed without an interrupt, which would break the connection in use. */
    private static final long LONGEST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private record Kind(DenialReason reason, String outcome) {}

    private final SightingStore store;
    private final SightingSettings settings;
    private final MeterRegistry meters;
    private final Map<Kind, Counter> seen = new ConcurrentHashMap<>();
    private final Counter queueFull;
    private final Counter tooManyKinds;
    private final Counter notStored;
    private final BlockingQueue<Sighting> queue;
    private final Map<SightingIdentity, SightingTally> tallies = new LinkedHashMap<>();
    private final Map<DenialReason, Integer> distinct = new EnumMap<>(DenialReason.class);
    private Thread thread;
    private volatile boolean running;
    private boolean databaseAway;
    private long lastRetention;

    SightingWriter(SightingStore store, SightingSettings settings, MeterRegistry meters) {
        this.store = store;
        this.settings = settings;
        this.meters = meters;
        this.queue = new ArrayBlockingQueue<>(settings.queue());
        this.queueFull = dropped("queue-full");
        this.tooManyKinds = dropped("too-many-distinct");
        this.notStored = dropped("not-stored");
    }

    @Override
    public void note(Sighting sighting) {
        seen.computeIfAbsent(new Kind(sighting.reason(), sighting.outcome()), this::counter)
                .increment();
        if (!queue.offer(sighting)) {
            queueFull.increment();
        }
    }

    @Override
    public synchronized void start() {
        if (!running) {
            running = true;
            thread = Thread.ofPlatform().name("sighting-writer").daemon().start(this::run);
        }
    }

    /** Writes what is queued, then ends. */
    @Override
    public synchronized void stop() {
        if (running) {
            running = false;
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
            try {
                collectUntil(System.nanoTime() + settings.flushInterval().toNanos());
                flush();
                forgetNowAndThen();
            } catch (InterruptedException stopping) {
                break;
            } catch (RuntimeException unexpected) {
                LOG.error("{} sightings were lost; the writer goes on.", tallies.size(), unexpected);
                notStored.increment(tallies.size());
                clear();
            }
        }
        List<Sighting> rest = new ArrayList<>();
        queue.drainTo(rest);
        rest.forEach(this::fold);
        flush();
    }

    private void collectUntil(long deadline) throws InterruptedException {
        long left;
        while (running && (left = deadline - System.nanoTime()) > 0) {
            Sighting sighting = queue.poll(Math.min(left, LONGEST_WAIT_NANOS), TimeUnit.NANOSECONDS);
            if (sighting != null) {
                fold(sighting);
            }
        }
    }

    private void fold(Sighting sighting) {
        SightingIdentity identity = SightingIdentity.of(sighting);
        SightingTally tally = tallies.get(identity);
        if (tally == null) {
            if (distinct.merge(identity.reason(), 1, Integer::sum) > settings.distinct()) {
                tooManyKinds.increment();
                return;
            }
            tally = new SightingTally(identity, sighting);
            tallies.put(identity, tally);
        }
        tally.add(sighting.at());
    }

    private void flush() {
        if (tallies.isEmpty()) {
            return;
        }
        try {
            store.add(tallies.values());
            clear();
            databaseAway = false;
        } catch (DataAccessException | TransactionException failed) {
            if (!DatabaseAway.explains(failed)) {
                LOG.error("The database refuses {} sightings; they are dropped.", tallies.size(), failed);
                notStored.increment(tallies.size());
                clear();
            } else if (!databaseAway) {
                LOG.warn("Sightings cannot be written; {} are kept and tried again.", tallies.size(), failed);
                databaseAway = true;
            }
        }
    }

    private void clear() {
        tallies.clear();
        distinct.clear();
    }

    private void forgetNowAndThen() {
        long now = System.nanoTime();
        if (!databaseAway && now - lastRetention >= BETWEEN_RETENTIONS.toNanos()) {
            lastRetention = now;
            try {
                store.forget(settings.keep(), settings.keepRows());
            } catch (DataAccessException failed) {
                LOG.warn("Old sightings could not be deleted; the next attempt is in {}.", BETWEEN_RETENTIONS, failed);
            }
        }
    }

    private Counter counter(Kind kind) {
        return Counter.builder("patchbay.sightings")
                .description("Requests that were not as the ledger has it")
                .tag("reason", SightingIdentity.word(kind.reason()))
                .tag("outcome", kind.outcome())
                .register(meters);
    }

    private Counter dropped(String cause) {
        return Counter.builder("patchbay.sightings.dropped")
                .description("Sightings that were counted but not written")
                .tag("cause", cause)
                .register(meters);
    }
}
