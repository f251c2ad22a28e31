package io.patchbay.ledger.ipv6;

import io.patchbay.event.Actor;
import io.patchbay.ledger.address.AddressAssignments;
import io.patchbay.ledger.address.AddressHold;
import io.patchbay.ledger.address.AddressHolds;
import io.patchbay.ledger.address.AddressPool;
import io.patchbay.ledger.address.AddressPools;
import io.patchbay.ledger.address.HoldReason;
import io.patchbay.ledger.address.PoolAuthority;
import io.patchbay.ledger.address.Retention;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Predicate;
import org.springframework.jdbc.core.JdbcTemplate;

/** What is taken from a service and kept from everybody else for a while. Always in a transaction. */
final class FormerPrefixes {
    private final JdbcTemplate jdbc;
    private final AddressPools pools;
    private final AddressAssignments assignments;
    private final AddressHolds holds;
    private final Duration validLifetime;
    private final InstantSource clock;

    /** @param validLifetime of a renumbered prefix, where the service does not say another */
    FormerPrefixes(
            JdbcTemplate jdbc,
            AddressPools pools,
            AddressAssignments assignments,
            AddressHolds holds,
            Duration validLifetime,
            InstantSource clock) {
        this.jdbc = jdbc;
        this.pools = pools;
        this.assignments = assignments;
        this.holds = holds;
        this.validLifetime = validLifetime;
        this.clock = clock;
    }

    /** Takes what is from a pool. What is from none stays the service's, unseen by the replies, until it is revoked. */
    void revoke(Ipv6Standing of, Predicate<AssignedPrefix> which, Actor actor) {
        take(of, which, Retention.revoking(), actor);
    }

    /** Likewise, to be given others in its place. */
    void renumber(Ipv6Standing of, Predicate<AssignedPrefix> which, Actor actor) {
        Integer seconds = of.row().validLifetimeSeconds();
        Duration lifetime = seconds == null ? validLifetime : Duration.ofSeconds(seconds);
        take(of, which, Retention.renumbered(clock.instant().plus(lifetime)), actor);
    }

    private void take(Ipv6Standing of, Predicate<AssignedPrefix> which, Retention retention, Actor actor) {
        of.assigned().stream()
                .filter(one -> one.poolId() != null)
                .filter(which)
                // What lies in another one goes first: of prefixes within each other the outermost counts.
                .sorted((one, other) -> other.prefix().length() - one.prefix().length())
                .forEach(one -> assignments.release(of.serviceId(), one.kind(), one.prefix(), retention, actor));
    }

    /** Everything that is still the service's when its revoke ends. */
    void releaseRest(Ipv6Standing of, Actor actor) {
        of.assigned().forEach(one -> assignments.release(of.serviceId(), one.kind(), one.prefix(), actor));
    }

    /** Everybody has let go: what was being revoked cools down, or is free. What NetBox chose goes back there next. */
    void letGo(long serviceId, Actor actor) {
        for (AddressHold hold : revoking(serviceId)) {
            AddressPool pool = pools.get(hold.poolId());
            boolean coolsDown = pool.coolDown().isPositive();
            if (!coolsDown && pool.authority() != PoolAuthority.NETBOX) {
                holds.end(hold.id(), actor);
            } else {
                jdbc.update(
                        "update address_hold set reason = ?, until = clock_timestamp() + ? * interval '1 second' where id = ?",
                        coolsDown ? "cool-down" : "revoking",
                        pool.coolDown().toSeconds(),
                        hold.id());
            }
        }
    }

    /** What waits for its projections. What has an end has been let go of already. */
    List<AddressHold> revoking(long serviceId) {
        return holds.ofService(serviceId, HoldReason.REVOKING).stream()
                .filter(hold -> hold.until() == null)
                .toList();
    }

    /** What the service had and nobody else gets yet. */
    List<AddressHold> of(long serviceId) {
        return holds.ofService(serviceId, HoldReason.RENUMBERED, HoldReason.REVOKING, HoldReason.COOL_DOWN);
    }
}
