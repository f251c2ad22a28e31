package io.patchbay.radius;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * Recognises retransmissions (RFC 5080 section 2.2.2): the second of two equal requests is suppressed while the first is
 * being answered, and gets the very same reply for some seconds afterwards.
 *
 * <p>The cache is a fixed number of sets of eight, each under a lock; the oldest of the set makes room. A set lies in one
 * piece, and no entry is an object: the collector has only the replies to look at. Safe for every thread.
 */
public final class DuplicateCache {
    /** What a request is; the first of its kind is to be answered. */
    public sealed interface Outcome {
        /** Nobody has seen it: answer it, then call {@link #complete} or {@link #forget}. */
        record New() implements Outcome {}

        /** Its twin is being answered: drop this one. */
        record InFlight() implements Outcome {}

        /** Its twin was answered: send the same again. */
        record Replay(byte[] reply) implements Outcome {}
    }

    private static final Outcome NEW = new Outcome.New();
    private static final Outcome IN_FLIGHT = new Outcome.InFlight();
    /** Replies that are none, known by identity. */
    private static final byte[] PENDING = new byte[0];

    private static final byte[] SILENCE = new byte[0];

    private static final int WAYS = 8;
    private static final int LOCKS = 64;
    /** A set in longs: eight hashes, eight times of arrival, eight keys of five longs. */
    private static final int TIMES = WAYS;

    private static final int KEYS = 2 * WAYS;
    private static final int KEY = 5;
    private static final int SET = KEYS + WAYS * KEY;
    private static final long LONG_AGO = Long.MAX_VALUE / 4;
    private static final long ODD = 0x9e3779b97f4a7c15L;

    private final long[] sets;
    private final byte[][] replies;
    private final Object[] locks = new Object[LOCKS];
    private final int setMask;
    private final long replayNanos;
    private final long inFlightNanos;
    /** Keeps a sender from choosing the set that its authenticators fall into. */
    private final long seed = new SecureRandom().nextLong();

    private final LongSupplier nanoClock;

    /**
     * @param capacity how many requests are remembered, rounded up to a power of two, at least 512; 60 bytes each and their
     *     replies
     * @param replayFor how long after a request came its reply is sent again, about 5 s
     * @param inFlightFor how long a request without a reply suppresses its retransmissions; then the next is new
     * @param nanoClock {@code System::nanoTime}
     */
    public DuplicateCache(int capacity, Duration replayFor, Duration inFlightFor, LongSupplier nanoClock) {
        int count = Integer.highestOneBit(Math.max(capacity, LOCKS * WAYS) * 2 - 1) / WAYS;
        this.sets = new long[count * SET];
        this.replies = new byte[count * WAYS][];
        this.setMask = count - 1;
        this.replayNanos = replayFor.toNanos();
        this.inFlightNanos = inFlightFor.toNanos();
        this.nanoClock = nanoClock;
        Arrays.setAll(locks, i -> new Object());
        long unused = nanoClock.getAsLong() - LONG_AGO;
        for (int set = 0; set < sets.length; set += SET) {
            Arrays.fill(sets, set + TIMES, set + KEYS, unused);
        }
    }

    /** What this request is; a new one is remembered as in flight. */
    public Outcome admit(DuplicateKey key) {
        long now = nanoClock.getAsLong();
        long hash = hash(key);
        int set = (int) (hash >>> 32) & setMask;
        synchronized (lock(set)) {
            int way = find(set, hash, key);
            if (way >= 0) {
                byte[] reply = replies[set * WAYS + way];
                if (now - sets[set * SET + TIMES + way] <= (reply == PENDING ? inFlightNanos : replayNanos)) {
                    return reply == PENDING || reply == SILENCE ? IN_FLIGHT : new Outcome.Replay(reply);
                }
            } else {
                way = oldest(set);
            }
            write(set, way, hash, now, key);
            return NEW;
        }
    }

    /**
     * The first request is answered; from now on its twins are. Without effect when it is no longer remembered.
     *
     * @param reply which the caller no longer changes; null when silence is the answer, to its twins too for as long as a
     *     reply would be sent again
     */
    public void complete(DuplicateKey key, byte[] reply) {
        long hash = hash(key);
        int set = (int) (hash >>> 32) & setMask;
        synchronized (lock(set)) {
            int way = find(set, hash, key);
            if (way >= 0) {
                replies[set * WAYS + way] = reply == null ? SILENCE : reply;
            }
        }
    }

    /** The next request with this key is new again. */
    public void forget(DuplicateKey key) {
        long hash = hash(key);
        int set = (int) (hash >>> 32) & setMask;
        synchronized (lock(set)) {
            int way = find(set, hash, key);
            if (way >= 0) {
                replies[set * WAYS + way] = null;
                sets[set * SET + TIMES + way] -= LONG_AGO;
            }
        }
    }

    private Object lock(int set) {
        return locks[set & LOCKS - 1];
    }

    private long hash(DuplicateKey key) {
        long hash = (key.authenticatorHigh() ^ seed) * ODD;
        hash = (hash ^ hash >>> 32 ^ key.authenticatorLow()) * ODD;
        hash = (hash ^ hash >>> 32 ^ key.addressHigh()) * ODD;
        hash = (hash ^ hash >>> 32 ^ key.addressLow() ^ (long) key.portCodeIdentifier() << 32) * ODD;
        return hash ^ hash >>> 29;
    }

    private int find(int set, long hash, DuplicateKey key) {
        int start = set * SET;
        for (int way = 0; way < WAYS; way++) {
            if (sets[start + way] == hash
                    && holds(start + KEYS + way * KEY, key)
                    && replies[set * WAYS + way] != null) {
                return way;
            }
        }
        return -1;
    }

    private boolean holds(int at, DuplicateKey key) {
        return sets[at] == key.authenticatorHigh()
                && sets[at + 1] == key.authenticatorLow()
                && sets[at + 2] == key.addressHigh()
                && sets[at + 3] == key.addressLow()
                && sets[at + 4] == key.portCodeIdentifier();
    }

    private int oldest(int set) {
        int times = set * SET + TIMES;
        int oldest = 0;
        for (int way = 1; way < WAYS; way++) {
            if (sets[times + way] - sets[times + oldest] < 0) {
                oldest = way;
            }
        }
        return oldest;
    }

    private void write(int set, int way, long hash, long now, DuplicateKey key) {
        int start = set * SET;
        sets[start + way] = hash;
        sets[start + TIMES + way] = now;
        int at = start + KEYS + way * KEY;
        sets[at] = key.authenticatorHigh();
        sets[at + 1] = key.authenticatorLow();
        sets[at + 2] = key.addressHigh();
        sets[at + 3] = key.addressLow();
        sets[at + 4] = key.portCodeIdentifier();
        replies[set * WAYS + way] = PENDING;
    }
}
