package io.patchbay.api.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.dao.DataAccessException;

/**
 * Tokens that the database knew a moment ago, so that not every request asks it, and so that metrics and console open while it
 * is away. What the database does not know is not remembered.
 *
 * @param <K> by what a token is known: the hash of its secret, or its id
 */
final class TokenMemory<K> {
    /** A token that another node revokes is void here after this time at the latest. */
    static final Duration FRESH = Duration.ofSeconds(30);

    /** How long a token opens while the database does not answer. */
    static final Duration KEPT = Duration.ofHours(1);

    private static final int MOST = 10_000;

    /** @param askedAt when the database was last asked; confirmedAt, when it last said yes */
    private record Seen(Tokens.Token token, long confirmedAt, long askedAt) {}

    private final Cache<K, Seen> seen;
    private final Ticker ticker;

    /** @param ticker nanoseconds */
    TokenMemory(Ticker ticker) {
        this.ticker = ticker;
        this.seen = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(KEPT)
                .ticker(ticker)
                .build();
    }

    /**
     * @param ledger asks the database for a token that is not expired
     * @throws DataAccessException when the database does not answer and this token was not seen within {@link #KEPT}
     */
    Optional<Tokens.Token> recall(K key, Function<K, Optional<Tokens.Token>> ledger) {
        long now = ticker.read();
        Seen known = seen.getIfPresent(key);
        if (known != null && now - known.askedAt() < FRESH.toNanos()) {
            return unexpired(known);
        }
        try {
            Optional<Tokens.Token> token = ledger.apply(key);
            token.ifPresentOrElse(found -> seen.put(key, new Seen(found, now, now)), () -> seen.invalidate(key));
            return token;
        } catch (DataAccessException away) {
            if (known == null || now - known.confirmedAt() >= KEPT.toNanos()) {
                throw away;
            }
            // The next request need not wait for the database's silence again.
            seen.put(key, new Seen(known.token(), known.confirmedAt(), now));
            return unexpired(known);
        }
    }

    void forget(long tokenId) {
        seen.asMap().values().removeIf(known -> known.token().id() == tokenId);
    }

    private static Optional<Tokens.Token> unexpired(Seen known) {
        Instant expiresAt = known.token().expiresAt();
        return expiresAt == null || Instant.now().isBefore(expiresAt) ? Optional.of(known.token()) : Optional.empty();
    }
}
