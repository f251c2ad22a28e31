package io.patchbay.ledger;

import io.patchbay.wire.IpPrefix;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What the requests themselves show of the NAS clients: when a secret was last used, and which source addresses sign their
 * requests with Message-Authenticator. Noted in memory for every request, written behind the replies by {@link #flush}; while
 * the database is away it waits.
 */
public final class NasObservations {
    /** A last use is not written more often than this. */
    private static final Duration GRANULARITY = Duration.ofMinutes(1);

    private final JdbcTemplate jdbc;
    private final Clock clock;
    private final Map<Long, Instant> lastUse = new ConcurrentHashMap<>();
    private final Set<Long> usesToWrite = ConcurrentHashMap.newKeySet();
    private final Set<IpPrefix> signing = ConcurrentHashMap.newKeySet();
    private final Set<IpPrefix> signingToWrite = ConcurrentHashMap.newKeySet();

    public NasObservations(JdbcTemplate jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Takes in what earlier runs and other nodes have learned. */
    public void load() {
        signing.addAll(
                jdbc.query("select host(address) from nas_source", (row, number) -> IpPrefix.parse(row.getString(1))));
    }

    /** Notes that a request was made with this secret. */
    public void touchSecret(long secretId) {
        Instant now = clock.instant();
        Instant before = lastUse.get(secretId);
        if (before == null || before.plus(GRANULARITY).isBefore(now)) {
            lastUse.put(secretId, now);
            usesToWrite.add(secretId);
        }
    }

    /**
     * Notes that a non-EAP Access-Request of this source carried a valid Message-Authenticator.
     *
     * @param source a single address
     */
    public void learnSigning(IpPrefix source) {
        if (signing.add(source)) {
            signingToWrite.add(source);
        }
    }

    /** Whether {@code source} has ever signed: {@link MessageAuthenticatorMode#AUTO} then demands it. */
    public boolean isSigning(IpPrefix source) {
        return signing.contains(source);
    }

    /** Writes what was noted since the last time. What cannot be written is kept for the next. */
    public void flush() {
        for (long secretId : List.copyOf(usesToWrite)) {
            usesToWrite.remove(secretId);
            write(
                    () -> usesToWrite.add(secretId),
                    "update nas_secret set last_used_at = ? where id = ?",
                    Timestamp.from(lastUse.get(secretId)),
                    secretId);
        }
        for (IpPrefix source : List.copyOf(signingToWrite)) {
            signingToWrite.remove(source);
            write(
                    () -> signingToWrite.add(source),
                    "insert into nas_source (address, message_authenticator_seen_at) values (?::inet, ?)"
                            + " on conflict do nothing",
                    source.addressText(),
                    Timestamp.from(clock.instant()));
        }
    }

    private void write(Runnable keep, String sql, Object... parameters) {
        try {
            jdbc.update(sql, parameters);
        } catch (DataAccessException away) {
            keep.run();
            throw away;
        }
    }
}
