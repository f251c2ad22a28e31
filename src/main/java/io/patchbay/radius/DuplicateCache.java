package io.patchbay.radius;

import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * Recognises retransmissions (RFC 5080 section 2.2.2): the second of two equal requests is suppressed while the first is
 * being answered, and gets the very same reply for some seconds afterwards.
 *
 * <p>The cache is a fixed number of small sets, each under its own lock; within a set the oldest entry makes room. No entry
 * is an object, so that the collector has only the replies to look at. Safe for every thread.
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

    private static final byte[] PENDING = new byte[0];
    private static final byte[] SILENCE = new byte[0];

    private static final int WAYS = 8;
    private static final int LOCKS = 64;
    /** Of an entry: four longs of key, one of port, code and identifier, one of time. */
    private static final int FIELDS = 6;

    private static final int TIME = 5;
    private static final long ODD = 0x9e3779b97f4a7c15L;

    private final long[] entries;
    /** Null in an unused entry; PENDING and SILENCE are known by identity. */
    private final byte[][] replies;

    private final Object[] locks = new Object[LOCKS];
    private final int setMask;
    private final long replayNanos;
    private final long inFlightNanos;
    private final long seed = System.nanoTime() * ODD;
    private final LongSupplier nanoClock;

    /**
     * @param capacity how many requests are remembered, rounded up to a power of two, at least 512; 48 bytes each and
     *     their replies
     * @param replayFor how long a reply is sent again, about 5 s
     * @param inFlightFor how long a request without a reply suppresses its retransmissions; then the next is new
     * @param nanoClock {@code System::nanoTime}
     */
    public DuplicateCache(int capacity, Duration replayFor, Duration inFlightFor, LongSupplier nanoClock) {
        int sets = Integer.highestOneBit(Math.max(capacity, LOCKS * WAYS) * 2 - 1) / WAYS;
        this.entries = new long[sets * WAYS * FIELDS];
        this.replies = new byte[sets * WAYS][];
        this.setMask = sets - 1;
        this.replayNanos = replayFor.toNanos();
        this.inFlightNanos = inFlightFor.toNanos();
        this.nanoClock = nanoClock;
        Arrays.setAll(locks, i -> new Object());
    }

    /** What this request is; a new one is remembered as in flight. */
    public Outcome admit(DuplicateKey key) {
        long now = nanoClock.getAsLong();
        int set = set(key);
        synchronized (lock(set)) {
            int entry = find(set, key);
            if (entry >= 0 && !expired(entry, now)) {
                byte[] reply = replies[entry];
                return reply == PENDING || reply == SILENCE ? IN_FLIGHT : new Outcome.Replay(reply);
            }
            int free = entry >= 0 ? entry : oldest(set, now);
            write(free, key, now, PENDING);
            return NEW;
        }
    }

    /**
     * The first request is answered; from now on its twins are.
     *
     * @param reply which the caller no longer changes; null when silence is the answer, to its twins too for as long as a
     *     reply would be sent again
     */
    public void complete(DuplicateKey key, byte[] reply) {
        long now = nanoClock.getAsLong();
        int set = set(key);
        synchronized (lock(set)) {
            int entry = find(set, key);
            if (entry >= 0) {
                write(entry, key, now, reply == null ? SILENCE : reply);
            }
        }
    }

    /** The next request with this key is new again. */
    public void forget(DuplicateKey key) {
        int set = set(key);
        synchronized (lock(set)) {
            int entry = find(set, key);
            if (entry >= 0) {
                replies[entry] = null;
            }
        }
    }

    private Object lock(int set) {
        return locks[set & LOCKS - 1];
    }

    /** The authenticator is random or a digest; the seed keeps a sender from choosing the set. */
    private int set(DuplicateKey key) {
        long hash = (key.authenticatorHigh() ^ seed) * ODD;
        hash = (hash ^ hash >>> 32 ^ key.authenticatorLow()) * ODD;
        hash = (hash ^ hash >>> 32 ^ key.addressLow() ^ key.addressHigh() ^ (long) key.portCodeIdentifier() << 32)
                * ODD;
        return (int) (hash >>> 32) & setMask;
    }

    private int find(int set, DuplicateKey key) {
        for (int entry = set * WAYS; entry < (set + 1) * WAYS; entry++) {
            int at = entry * FIELDS;
            if (entries[at] == key.authenticatorHigh()
                    && entries[at + 1] == key.authenticatorLow()
                    && entries[at + 2] == key.portCodeIdentifier()
                    && entries[at + 3] == key.addressLow()
                    && entries[at + 4] == key.addressHigh()
                    && replies[entry] != null) {
                return entry;
            }
        }
        return -1;
    }

    /** An unused or expired entry of the set, otherwise its oldest. */
    private int oldest(int set, long now) {
        int oldest = set * WAYS;
        for (int entry = oldest; entry < (set + 1) * WAYS; entry++) {
            if (replies[entry] == null || expired(entry, now)) {
                return entry;
            }
            if (entries[entry * FIELDS + TIME] - entries[oldest * FIELDS + TIME] < 0) {
                oldest = entry;
            }
        }
        return oldest;
    }

    private boolean expired(int entry, long now) {
        long age = now - entries[entry * FIELDS + TIME];
        return age > (replies[entry] == PENDING ? inFlightNanos : replayNanos);
    }

    private void write(int entry, DuplicateKey key, long now, byte[] reply) {
        int at = entry * FIELDS;
        entries[at] = key.authenticatorHigh();
        entries[at + 1] = key.authenticatorLow();
        entries[at + 2] = key.portCodeIdentifier();
        entries[at + 3] = key.addressLow();
        entries[at + 4] = key.addressHigh();
        entries[at + TIME] = now;
        replies[entry] = reply;
    }
}
