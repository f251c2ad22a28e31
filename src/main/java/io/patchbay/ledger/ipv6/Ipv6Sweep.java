package io.patchbay.ledger.ipv6;

import io.patchbay.database.DatabaseAway;
import io.patchbay.event.Actor;
import io.patchbay.ledger.LedgerException;
import io.patchbay.wire.IpPrefix;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the lifecycle does when a time has come: the route {@code sweep-ipv6} calls it, some services at a time. What is in the
 * way of one service is none of the others'.
 */
public final class Ipv6Sweep {
    private static final Logger LOG = LoggerFactory.getLogger(Ipv6Sweep.class);
    private static final int SERVICES_A_BATCH = 200;

    /** A turn ends, however much there is; the next goes on behind it. */
    private static final int BATCHES_A_TURN = 50;

    private final Ipv6Lifecycle lifecycle;
    private final Ipv6Rows rows;
    private final Ipv6Holders holders;
    private final PrefixesInUse inUse;
    private final BooleanSupplier tablesThere;
    private final AtomicLong lastLookedAt = new AtomicLong();
    private final Map<Ipv6State, AtomicLong> counts = new EnumMap<>(Ipv6State.class);

    private volatile boolean away;

    /** @param tablesThere false until the tables are migrated: nothing is done before */
    Ipv6Sweep(
            Ipv6Lifecycle lifecycle,
            Ipv6Rows rows,
            Ipv6Holders holders,
            PrefixesInUse inUse,
            BooleanSupplier tablesThere) {
        this.lifecycle = lifecycle;
        this.rows = rows;
        this.holders = holders;
        this.inUse = inUse;
        this.tablesThere = tablesThere;
        Arrays.stream(Ipv6State.values()).forEach(state -> counts.put(state, new AtomicLong()));
    }

    /** Goes on with what is pending: what waited for NetBox, or was begun in a transaction. @return how many are no longer */
    public int proceedWithPending() {
        return whenThere(this::proceed);
    }

    private int proceed() {
        int done = 0;
        List<Ipv6Standing> some;
        long after = 0;
        do {
            some = rows.inState(Ipv6State.PENDING, after, SERVICES_A_BATCH);
            for (Ipv6Standing one : some) {
                after = one.serviceId();
                done += attempt(
                                one.serviceId(),
                                () -> lifecycle.proceed(one.serviceId(), Actor.SWEEP) != Ipv6State.PENDING)
                        ? 1
                        : 0;
            }
        } while (some.size() == SERVICES_A_BATCH);
        return done;
    }

    /** Ends what is being revoked where everybody has let go. @return how many */
    public int finishRevoked() {
        return whenThere(this::finish);
    }

    private int finish() {
        int done = 0;
        List<Long> some;
        long after = 0;
        do {
            some = holders.services(after, SERVICES_A_BATCH);
            Map<Long, List<String>> held = holders.of(some);
            for (long service : some) {
                after = service;
                done += !held.containsKey(service)
                                && attempt(service, () -> {
                                    lifecycle.finish(service);
                                    return true;
                                })
                        ? 1
                        : 0;
            }
        } while (some.size() == SERVICES_A_BATCH);
        return done;
    }

    /** Finds out which allocated services are in use: a live session holds what they have. @return how many are so now */
    public int activateSeen() {
        return whenThere(this::activate);
    }

    private int activate() {
        int done = 0;
        for (int batch = 0; batch < BATCHES_A_TURN; batch++) {
            List<Ipv6Standing> some = rows.inState(Ipv6State.ALLOCATED, lastLookedAt.get(), SERVICES_A_BATCH);
            Map<Long, List<IpPrefix>> seen = some.isEmpty()
                    ? Map.of()
                    : inUse.ofServices(
                            some.stream().map(Ipv6Standing::serviceId).toList());
            for (Ipv6Standing one : some) {
                boolean isUsed = isUsed(one, seen.getOrDefault(one.serviceId(), List.of()));
                done += isUsed && attempt(one.serviceId(), () -> lifecycle.activate(one.serviceId())) ? 1 : 0;
            }
            if (some.size() < SERVICES_A_BATCH) {
                lastLookedAt.set(0);
                return done;
            }
            lastLookedAt.set(some.getLast().serviceId());
        }
        return done;
    }

    /** Where the NAS's own pool gives it, any prefix is the service's. */
    private static boolean isUsed(Ipv6Standing of, List<IpPrefix> seen) {
        return of.assigned().isEmpty()
                ? !seen.isEmpty()
                : of.assigned().stream().anyMatch(one -> seen.stream()
                        .anyMatch(held -> one.prefix().contains(held) || held.contains(one.prefix())));
    }

    /** Counts the services of each state, for {@link #count}. */
    public void countStates() {
        whenThere(() -> {
            Map<Ipv6State, Long> now = rows.counts();
            counts.forEach((state, count) -> count.set(now.getOrDefault(state, 0L)));
            return counts.size();
        });
    }

    /** How many there were in this state when they were counted last. */
    public long count(Ipv6State state) {
        return counts.get(state).get();
    }

    /** A database that is away is told of once; the sweep comes again. */
    private int whenThere(IntSupplier work) {
        if (!tablesThere.getAsBoolean()) {
            return 0;
        }
        try {
            int done = work.getAsInt();
            away = false;
            return done;
        } catch (RuntimeException failed) {
            if (!DatabaseAway.explains(failed)) {
                throw failed;
            }
            if (!away) {
                LOG.warn("The sweep of IPv6 waits for the database: {}", failed.getMessage());
            }
            away = true;
            return 0;
        }
    }

    private interface Attempt {
        boolean run();
    }

    private static boolean attempt(long serviceId, Attempt attempt) {
        try {
            return attempt.run();
        } catch (LedgerException refused) {
            LOG.warn("IPv6 of service {} does not go on: {}", serviceId, refused.getMessage());
            return false;
        }
    }
}
