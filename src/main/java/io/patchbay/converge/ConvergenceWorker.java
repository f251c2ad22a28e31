package io.patchbay.converge;

import io.patchbay.binding.FeedPosition;
import io.patchbay.database.DatabaseAway;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Converges services at one target. {@link #turn} writes down what has ended, takes what is due and begins it, and waits for
 * nothing but the database; what ends later asks for another turn. A service is worked on by one node at a time, so that its
 * changes arrive in order; a lane, one equipment, has only so many places, so that a dead one delays nobody else.
 */
public final class ConvergenceWorker<O, P, A> {
    private static final Logger LOG = LoggerFactory.getLogger(ConvergenceWorker.class);
    private static final int SERVICES_A_TURN = 500;

    private final Target<O, P, A> target;
    private final ConvergenceStore store;
    private final TransactionOperations transaction;
    private final Supplier<FeedPosition> read;
    private final ConvergenceSettings settings;
    private final Runnable wake;
    private final Queue<Ended<A>> ended = new ConcurrentLinkedQueue<>();
    private final Queue<Runnable> errands = new ConcurrentLinkedQueue<>();
    private final Map<Long, Integer> busy = new HashMap<>();
    private final AtomicBoolean cursorChecked = new AtomicBoolean();
    private volatile int inFlight;

    /** @param applied null when {@code fault} says why there is nothing */
    private record Ended<A>(Claim claim, A applied, Throwable fault) {}

    /**
     * @param read how far the bindings in memory have followed the ledger; null before they are complete
     * @param wake asks for another turn soon; never blocks
     */
    public ConvergenceWorker(
            Target<O, P, A> target,
            JdbcTemplate jdbc,
            TransactionOperations transaction,
            Supplier<FeedPosition> read,
            ConvergenceSettings settings,
            Runnable wake) {
        this.target = target;
        this.store = new ConvergenceStore(jdbc);
        this.transaction = transaction;
        this.read = read;
        this.settings = settings;
        this.wake = wake;
    }

    /** How many services are being worked on. */
    public int inFlight() {
        return inFlight;
    }

    /** @throws DataAccessException when the database is away: nothing is lost, the next turn goes on */
    public synchronized void turn() {
        writeDown();
        FeedPosition position = read.get();
        int room = Math.min(SERVICES_A_TURN, settings.inFlight() - inFlight);
        if (position == null || room <= 0) {
            return;
        }
        if (!cursorChecked.get()) {
            if (store.turnBackCursors()) {
                LOG.warn("The database is another one than before: changes are followed from now on");
            }
            cursorChecked.set(true);
        }
        List<Claim> claims = store.claim(target.name(), target.after(), busy, position, settings, room);
        if (claims.isEmpty()) {
            return;
        }
        begin(claims);
        if (claims.size() == room) {
            wake.run();
        }
    }

    /** Runs something with the database at the next turn, on the worker's thread and in a transaction of its own. */
    public void later(Runnable errand) {
        errands.add(errand);
        wake.run();
    }

    /** Tries a failed or waiting service again at once. False when there is none. */
    public boolean retry(long serviceId) {
        boolean found = store.retry(target.name(), serviceId);
        wake.run();
        return found;
    }

    private void begin(List<Claim> claims) {
        Map<Long, O> observed;
        try {
            observed = target.observe(claims.stream().map(Claim::serviceId).toList());
        } catch (DataAccessException away) {
            claims.forEach(this::count);
            claims.forEach(claim -> ended.add(new Ended<>(claim, null, away)));
            throw away;
        }
        for (Claim claim : claims) {
            count(claim);
            start(claim, observed.get(claim.serviceId())).whenComplete((applied, fault) -> {
                ended.add(new Ended<>(claim, applied, fault));
                wake.run();
            });
        }
    }

    private CompletableFuture<A> start(Claim claim, O observed) {
        try {
            return target.apply(target.plan(claim.serviceId(), observed));
        } catch (RuntimeException fault) {
            return CompletableFuture.failedFuture(fault);
        }
    }

    private void writeDown() {
        for (Runnable errand = errands.peek(); errand != null; errand = errands.peek()) {
            run(errand);
            errands.remove();
        }
        List<Ended<A>> batch = new ArrayList<>();
        while (batch.size() < SERVICES_A_TURN && !ended.isEmpty()) {
            batch.add(ended.remove());
        }
        if (batch.isEmpty()) {
            return;
        }
        try {
            transaction.executeWithoutResult(status -> batch.forEach(this::writeDown));
            batch.forEach(one -> uncount(one.claim()));
        } catch (RuntimeException failed) {
            if (DatabaseAway.explains(failed)) {
                ended.addAll(batch);
                throw failed;
            }
            LOG.warn("{} results are written down one by one: {}", batch.size(), failed.getMessage());
            writeDownOneByOne(batch);
        }
        if (!ended.isEmpty()) {
            wake.run();
        }
    }

    private void writeDownOneByOne(List<Ended<A>> batch) {
        Deque<Ended<A>> left = new ArrayDeque<>(batch);
        try {
            while (!left.isEmpty()) {
                Ended<A> one = left.peek();
                run(() -> writeDown(one));
                uncount(left.remove().claim());
            }
        } finally {
            ended.addAll(left);
        }
    }

    /** What can never be written is told and left: the service is due again when its lease ends. */
    private void run(Runnable writing) {
        try {
            transaction.executeWithoutResult(status -> writing.run());
        } catch (RuntimeException failed) {
            if (DatabaseAway.explains(failed)) {
                throw failed;
            }
            LOG.error("A result could not be written down", failed);
        }
    }

    private void writeDown(Ended<A> one) {
        Verdict verdict = one.fault() == null
                ? target.verify(one.applied())
                : new Verdict.Failed("The hub failed: " + one.fault() + ". Its log says more.", true);
        if (one.fault() != null) {
            LOG.error("Service {} could not be converged", one.claim().serviceId(), one.fault());
        }
        int attempts = one.claim().attempts() + 1;
        switch (verdict) {
            case Verdict.Converged done ->
                store.finish(target.name(), one.claim(), "done", attempts, Duration.ZERO, done.summary());
            case Verdict.LookAgain unsure ->
                again(one.claim(), attempts, true, settings.lookAgainAfter(), unsure.summary());
            case Verdict.Away away ->
                store.finish(
                        target.name(),
                        one.claim(),
                        "waiting",
                        one.claim().attempts(),
                        jittered(settings.retryAfter()),
                        away.summary());
            case Verdict.Failed failed ->
                again(one.claim(), attempts, failed.worthRetrying(), settings.retryAfter(), failed.summary());
        }
    }

    private void again(Claim claim, int attempts, boolean worthIt, Duration wait, String summary) {
        boolean more = worthIt && attempts < settings.attempts();
        store.finish(
                target.name(),
                claim,
                more ? "waiting" : "failed",
                attempts,
                more ? jittered(ConvergenceSettings.doubled(wait, attempts)) : Duration.ZERO,
                summary);
    }

    private static Duration jittered(Duration wait) {
        return Duration.ofNanos(
                (long) (wait.toNanos() * ThreadLocalRandom.current().nextDouble(0.9, 1.1)));
    }

    private void count(Claim claim) {
        busy.merge(claim.lane(), 1, Integer::sum);
        inFlight++;
    }

    private void uncount(Claim claim) {
        busy.computeIfPresent(claim.lane(), (lane, count) -> count == 1 ? null : count - 1);
        inFlight--;
    }
}
