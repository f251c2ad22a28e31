package io.patchbay.ledger;

import io.patchbay.wire.IpPrefix;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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

    private static final Duration UNSIGNED_WARNINGS = Duration.ofHours(1);
    private static final Logger LOG = LoggerFactory.getLogger(NasObservations.class);

    private final JdbcTemplate jdbc;
    private final InstantSource clock;
    private final Map<Long, Instant> lastUse = new ConcurrentHashMap<>();
    private final Set<Long> usesToWrite = ConcurrentHashMap.newKeySet();
    private final Set<IpPrefix> signing = ConcurrentHashMap.newKeySet();
    private final Set<IpPrefix> signingToWrite = ConcurrentHashMap.newKeySet();
    private final Map<IpPrefix, Instant> toldUnsigned = new ConcurrentHashMap<>();
    private final AtomicLong changes = new AtomicLong();

    public NasObservations(JdbcTemplate jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Takes in what earlier runs and other nodes have learned, and forgets what was reset on another node. */
    public void load() {
        load(jdbc);
    }

    /** Likewise, over a connection of the caller's choice. */
    public synchronized void load(JdbcTemplate ledger) {
        List<IpPrefix> stored =
                ledger.query("select host(address) from nas_source", (row, number) -> IpPrefix.parse(row.getString(1)));
        Set<IpPrefix> known = new HashSet<>(stored);
        boolean forgotten = signing.removeIf(source -> !known.contains(source) && !signingToWrite.contains(source));
        if (signing.addAll(known) || forgotten) {
            changes.incrementAndGet();
        }
    }

    /** Takes in what a snapshot holds, until the ledger can be read. */
    public synchronized void restore(Collection<IpPrefix> sources) {
        signing.addAll(sources);
    }

    /** The source addresses that have ever signed. */
    public List<IpPrefix> signing() {
        return List.copyOf(signing);
    }

    /** Grows when {@link #signing} changes. */
    public long changes() {
        return changes.get();
    }

    /**
     * Forgets that the sources in {@code address} sign, for a NAS that was exchanged or set back: {@code auto} accepts their
     * unsigned requests again until they sign. Other nodes follow within seconds.
     *
     * @param address a single address or a prefix
     * @return how many sources were forgotten
     */
    public synchronized int reset(IpPrefix address) {
        signingToWrite.removeIf(address::contains);
        jdbc.update("delete from nas_source where address <<= ?::inet", address.toString());
        Set<IpPrefix> gone = new HashSet<>(signing);
        gone.removeIf(source -> !address.contains(source));
        signing.removeAll(gone);
        gone.forEach(toldUnsigned::remove);
        if (!gone.isEmpty()) {
            changes.incrementAndGet();
        }
        return gone.size();
    }

    /**
     * Tells the operator, once an hour for each source, that its unsigned requests are dropped although it signed before.
     *
     * @param source a single address of which {@link #isSigning} says true
     * @return whether it was told this time
     */
    public boolean refusedUnsigned(IpPrefix source) {
        Instant now = clock.instant();
        Instant before = toldUnsigned.get(source);
        if (before != null && before.plus(UNSIGNED_WARNINGS).isAfter(now)) {
            return false;
        }
        if (before == null
                ? toldUnsigned.putIfAbsent(source, now) != null
                : !toldUnsigned.replace(source, before, now)) {
            return false;
        }
        LOG.warn(
                "{} sends requests without Message-Authenticator, although it signed earlier ones: they are dropped"
                        + " (CVE-2024-3596). If the NAS was exchanged or set back, DELETE /api/v1/nas-clients/{id}/signing, or set its"
                        + " Message-Authenticator mode to off.",
                source.addressText());
        return true;
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
        // Takes no lock, for an event loop never waits; in this order, so that load() does not forget it again.
        if (!signing.contains(source)) {
            signingToWrite.add(source);
            signing.add(source);
            changes.incrementAndGet();
        }
    }

    /** Whether {@code source} has ever signed: {@link MessageAuthenticatorMode#AUTO} then demands it. */
    public boolean isSigning(IpPrefix source) {
        return signing.contains(source);
    }

    /** Writes what was noted since the last time. What cannot be written is kept for the next. */
    public synchronized void flush() {
        for (long secretId : List.copyOf(usesToWrite)) {
            usesToWrite.remove(secretId);
            write(
                    () -> usesToWrite.add(secretId),
                    "update nas_secret set last_used_at = ? where id = ?",
                    Timestamp.from(lastUse.get(secretId)),
                    secretId);
        }
        for (IpPrefix source : List.copyOf(signingToWrite)) {
            write(
                    () -> {},
                    "insert into nas_source (address, message_authenticator_seen_at) values (?::inet, ?)"
                            + " on conflict do nothing",
                    source.addressText(),
                    Timestamp.from(clock.instant()));
            signingToWrite.remove(source);
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
