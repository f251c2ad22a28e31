package io.patchbay.binding;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.patchbay.line.IdentifierKind;
import io.patchbay.wire.Octets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Who was looked for in the ledger a moment ago and is not there, so that a client that asks every second does not ask the
 * database every second. Only a miss of the index asks it, so that whoever is in the index is never denied by it.
 */
public final class NegativeCache {
    /** What was looked for. */
    public sealed interface Key {
        /** @param userName normalised */
        record User(long tenantId, String userName) implements Key {}

        record Identifier(long nasClientId, IdentifierKind kind, Octets value) implements Key {}
    }

    private final Cache<Key, Boolean> absent;
    private final AtomicLong generation = new AtomicLong();

    /** @param entries how many are remembered at most, 1 or more; the least used go first */
    public NegativeCache(int entries, Duration timeToLive) {
        this.absent = Caffeine.newBuilder()
                .maximumSize(entries)
                .expireAfterWrite(timeToLive)
                .build();
    }

    public boolean isAbsent(Key key) {
        return absent.getIfPresent(key) != null;
    }

    /** To be asked before the ledger is, and given back with what the ledger said. */
    public long generation() {
        return generation.get();
    }

    /** Remembers that the ledger does not know {@code key}, unless a service was created since it was asked. */
    public void putAbsent(Key key, long askedInGeneration) {
        if (generation.get() == askedInGeneration) {
            absent.put(key, Boolean.TRUE);
        }
    }

    /** Forgets everything: a service was created, and may be whom somebody looked for. */
    public void forgetAll() {
        generation.incrementAndGet();
        absent.invalidateAll();
    }

    public long size() {
        absent.cleanUp();
        return absent.estimatedSize();
    }
}
