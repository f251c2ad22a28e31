package io.patchbay.commit;

import io.patchbay.commit.CommitListener.Reason;
import io.patchbay.commit.Committable.Urgency;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * One thread and its part of the queue. It takes what is there, up to a group, and hands it on; while it does so the next
 * group gathers by itself, the larger the slower the store is. Groups begin a pace apart at least: a transaction for each
 * record would cost the store as much as one for fifty.
 */
final class Writer<T extends Committable> {
    /** While log-ins wait, LATER comes in eighths of a group, this far apart. */
    private static final long SPARING_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final FairQueue<Waiting<T>> queue;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final int groupSize;
    private final long patienceNanos;
    private final long paceNanos;
    private final BooleanSupplier loginsWaiting;
    private final Consumer<List<Waiting<T>>> commit;
    private final Outcomes<T> outcomes;
    private final Thread thread;
    private final Quietly log = new Quietly(GroupCommit.class);

    private final List<Waiting<T>> group;
    private final List<Waiting<T>> tooOld = new ArrayList<>();
    private long laterAgainAt = System.nanoTime();
    private long nextGroupAt = System.nanoTime();
    private boolean closed;
    private volatile boolean abandoned;

    Writer(
            String name,
            int capacity,
            CommitSettings settings,
            BooleanSupplier loginsWaiting,
            Consumer<List<Waiting<T>>> commit,
            Outcomes<T> outcomes) {
        this.queue = new FairQueue<>(capacity);
        this.groupSize = settings.groupSize();
        this.patienceNanos = settings.patience().toNanos();
        this.paceNanos = settings.pace().toNanos();
        this.loginsWaiting = loginsWaiting;
        this.commit = commit;
        this.outcomes = outcomes;
        this.group = new ArrayList<>(groupSize);
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** False when it is closed; otherwise the entry is in the queue, or it or what it displaced has been told. */
    boolean offer(Waiting<T> entry) {
        Waiting<T> displaced;
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            displaced = queue.offer(entry, entry.item().urgency(), entry.item().source());
            arrived.signal();
        } finally {
            lock.unlock();
        }
        if (displaced != null) {
            outcomes.notCommitted(displaced, Reason.QUEUE_FULL);
        }
        return true;
    }

    int waiting() {
        lock.lock();
        try {
            return queue.size();
        } finally {
            lock.unlock();
        }
    }

    /** Takes nothing more; what waits is still stored, by {@link #join}. */
    void close() {
        lock.lock();
        try {
            closed = true;
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the thread to end. What it could not store by then is given up: its senders ask again. */
    void join(Duration longest) {
        try {
            if (!thread.join(longest)) {
                abandoned = true;
            }
        } catch (InterruptedException stopping) {
            abandoned = true;
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (take()) {
            outcomes.notCommitted(tooOld, Reason.TOO_OLD);
            tooOld.clear();
            if (abandoned) {
                outcomes.notCommitted(group, Reason.CLOSED);
            } else if (!group.isEmpty()) {
                nextGroupAt = System.nanoTime() + paceNanos;
                commit.accept(group);
            }
            group.clear();
            keepPace();
        }
    }

    /** Not upon the condition, which every item that arrives would wake. */
    private void keepPace() {
        for (long left = nextGroupAt - System.nanoTime(); left > 0; left = nextGroupAt - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** Waits for something to do; false when there will be nothing more. */
    private boolean take() {
        boolean sparing = sparing();
        lock.lock();
        try {
            while (true) {
                long now = System.nanoTime();
                fill(now, sparing && !closed);
                if (!group.isEmpty() || !tooOld.isEmpty()) {
                    return true;
                }
                if (closed) {
                    return false;
                }
                if (queue.size() == 0) {
                    arrived.awaitUninterruptibly();
                } else {
                    awaitLater(laterAgainAt - now);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean sparing() {
        try {
            return loginsWaiting.getAsBoolean();
        } catch (RuntimeException unknown) {
            log.warn("Whether log-ins wait cannot be told; as if none did.", unknown);
            return false;
        }
    }

    private void awaitLater(long nanos) {
        try {
            arrived.awaitNanos(nanos);
        } catch (InterruptedException notOurs) {
            // Nobody interrupts this thread to any purpose: what waits is stored first.
        }
    }

    private void fill(long now, boolean sparing) {
        int part = groupSize / FairQueue.LATERS_PART;
        int mostLater = groupSize;
        if (sparing) {
            mostLater = now - laterAgainAt >= 0 ? part : 0;
        }
        int sureOfLater = Math.min(Math.min(part, mostLater), queue.size(Urgency.LATER));
        take(Urgency.FIRST, groupSize - sureOfLater, now);
        int beforeLater = group.size();
        take(Urgency.LATER, Math.min(mostLater, groupSize - beforeLater), now);
        if (sparing && group.size() > beforeLater) {
            laterAgainAt = now + SPARING_NANOS;
        }
    }

    private void take(Urgency urgency, int most, long now) {
        int taken = 0;
        while (taken < most) {
            Waiting<T> next = queue.poll(urgency);
            if (next == null) {
                return;
            }
            if (now - next.item().receivedNanos() > patienceNanos) {
                tooOld.add(next);
            } else {
                group.add(next);
                taken++;
            }
        }
    }
}
