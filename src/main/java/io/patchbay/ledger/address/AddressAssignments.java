package io.patchbay.ledger.address;

import io.patchbay.event.Actor;
import io.patchbay.event.EventLog;
import io.patchbay.event.EventType;
import io.patchbay.ledger.AuthorityAway;
import io.patchbay.ledger.LedgerConflict;
import io.patchbay.ledger.LedgerInvalid;
import io.patchbay.ledger.LedgerNotFound;
import io.patchbay.ledger.PoolExhausted;
import io.patchbay.ledger.Words;
import io.patchbay.wire.IpPrefix;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Gives services addresses and takes them away. Each call joins the caller's transaction, or runs in one of its own and is then
 * repeated when PostgreSQL broke it off for a deadlock. Asking twice for the same gives the same.
 *
 * <p>Who wants an address of a pool that NetBox chooses in, within a transaction, calls {@link #prepare} before it.
 */
public final class AddressAssignments {
    private final JdbcTemplate jdbc;
    private final AddressTransactions transactions;
    private final EventLog events;
    private final AddressPools pools;
    private final AddressHolds holds;
    private final AddressClaims claims;
    private final NextAddress next;
    private final LiveUse liveUse;

    AddressAssignments(
            JdbcTemplate jdbc,
            AddressTransactions transactions,
            EventLog events,
            AddressPools pools,
            AddressHolds holds,
            AddressClaims claims,
            LiveUse liveUse) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.events = events;
        this.pools = pools;
        this.holds = holds;
        this.claims = claims;
        this.next = new NextAddress(jdbc, events, holds, liveUse);
        this.liveUse = liveUse;
    }

    /** What a service has, in the order of kinds and prefixes. */
    public List<AssignedAddress> ofService(long serviceId) {
        return jdbc.query(
                AddressRows.ASSIGNED + "where service_id = ? order by kind, prefix",
                AddressRows.ASSIGNED_ADDRESS,
                serviceId);
    }

    /**
     * Gives a service an address or prefix. It gets again what is kept for it: a reservation, or what it released while that
     * cools down. What it has already, and meets the wish, is what it gets.
     *
     * @throws LedgerNotFound when there is no such service
     * @throws LedgerInvalid when the wish can never be met: a length that its kind does not have, a prefix outside the pool
     * @throws LedgerConflict naming who has it, or that the service has another one already
     * @throws PoolExhausted when nothing of that length is left
     * @throws AuthorityAway when NetBox would choose, and does not answer
     */
    public AssignedAddress assign(long serviceId, AddressWish wish, Actor actor) {
        if (AddressTransactions.isInside()) {
            return transactions.run(() -> assignNow(serviceId, wish, actor));
        }
        prepare(serviceId, wish, actor);
        try {
            return transactions.run(() -> assignNow(serviceId, wish, actor));
        } catch (LedgerConflict refused) {
            ResolvedWish resolved = transactions.run(() -> resolve(serviceId, wish));
            if (resolved.isChosenByNetBox()) {
                claims.refuse(
                        resolved.pool(),
                        serviceId,
                        wish.kind(),
                        resolved.length(),
                        resolved.wanted(),
                        refused.getMessage());
            }
            throw refused;
        }
    }

    /**
     * Has NetBox choose where it is NetBox's choice; does nothing where it is ours. Outside any transaction, before the one in
     * which {@link #assign} is called with the same wish. What is prepared and not assigned goes back after a while.
     */
    public void prepare(long serviceId, AddressWish wish, Actor actor) {
        ResolvedWish resolved = transactions.run(() -> {
            ResolvedWish toObtain = resolve(serviceId, wish);
            boolean isNetBoxAsked = toObtain.isChosenByNetBox()
                    && held(serviceId, toObtain).isEmpty()
                    && kept(serviceId, toObtain).isEmpty();
            return isNetBoxAsked ? toObtain : null;
        });
        if (resolved != null) {
            claims.obtain(resolved.pool(), serviceId, wish.kind(), resolved.length(), resolved.wanted(), actor);
        }
    }

    /** Likewise, as the pool's cool-down says. */
    public List<AssignedAddress> release(long serviceId, AddressKind kind, IpPrefix prefix, Actor actor) {
        return release(serviceId, kind, prefix, null, actor);
    }

    /**
     * Takes addresses or prefixes away from a service.
     *
     * @param kind null for any
     * @param prefix null for all of the kind
     * @param retention what becomes of what lay in a pool; null: as the pool's cool-down says
     * @return what it had
     * @throws LedgerNotFound when it has no such thing
     */
    public List<AssignedAddress> release(
            long serviceId, AddressKind kind, IpPrefix prefix, Retention retention, Actor actor) {
        return transactions.run(() -> {
            ServiceRow.lock(jdbc, serviceId);
            List<AssignedAddress> released = matching(serviceId, kind, prefix);
            for (AssignedAddress one : released) {
                remove(one);
                retain(one, retention, actor);
                events.append(actor, EventType.SERVICE_CHANGED, serviceId, told(one), Map.of());
            }
            return released;
        });
    }

    /**
     * Gives what one service has to another one, at once.
     *
     * @throws LedgerNotFound when there is no such service, or it has no such thing
     * @throws LedgerConflict when the other has one of that kind already
     */
    public AssignedAddress move(long fromService, long toService, AddressKind kind, IpPrefix prefix, Actor actor) {
        return transactions.run(() -> {
            Map<Long, ServiceRow> services = ServiceRow.lock(jdbc, fromService, toService);
            requireTwo(fromService, toService);
            services.get(toService).requireUse();
            AssignedAddress moved = only(fromService, kind, prefix);
            requireNone(toService, moved.kind());
            requireTenant(services.get(toService), moved);
            remove(moved);
            endAfterRelease(moved);
            return hand(moved, toService, actor);
        });
    }

    /**
     * Two services of which each gets what the other has of a kind.
     *
     * @throws LedgerNotFound when one of them is not there, or has none
     */
    public List<AssignedAddress> swap(long oneService, long otherService, AddressKind kind, Actor actor) {
        return transactions.run(() -> {
            Map<Long, ServiceRow> services = ServiceRow.lock(jdbc, oneService, otherService);
            requireTwo(oneService, otherService);
            AssignedAddress one = only(oneService, kind, null);
            AssignedAddress other = only(otherService, kind, null);
            requireTenant(services.get(otherService), one);
            requireTenant(services.get(oneService), other);
            remove(one);
            remove(other);
            endAfterRelease(one);
            endAfterRelease(other);
            return List.of(hand(other, oneService, actor), hand(one, otherService, actor));
        });
    }

    private ResolvedWish resolve(long serviceId, AddressWish wish) {
        ServiceRow service = ServiceRow.lock(jdbc, serviceId).get(serviceId);
        service.requireUse();
        return ResolvedWish.of(wish, service, pools, jdbc);
    }

    private AssignedAddress assignNow(long serviceId, AddressWish wish, Actor actor) {
        ResolvedWish resolved = resolve(serviceId, wish);
        Optional<AssignedAddress> held = held(serviceId, resolved);
        if (held.isPresent()) {
            return held.get();
        }
        IpPrefix prefix = choose(serviceId, resolved, actor);
        AssignedAddress assigned = insert(serviceId, resolved, prefix);
        events.append(actor, EventType.SERVICE_CHANGED, serviceId, Map.of(), told(assigned));
        return assigned;
    }

    /** What it has already and meets the wish. @throws LedgerConflict when it has another of which there is only one */
    private Optional<AssignedAddress> held(long serviceId, ResolvedWish wish) {
        List<AssignedAddress> has = matching(jdbc, serviceId, wish.kind(), null);
        Optional<AssignedAddress> met = wish.kind().isRoute() && wish.wanted() == null
                ? Optional.empty()
                : has.stream().filter(wish::isMetBy).findFirst();
        if (met.isEmpty() && !wish.kind().isRoute() && !has.isEmpty()) {
            throw new LedgerConflict("Service " + serviceId + " has the "
                    + wish.kind().word() + " " + has.getFirst().prefix() + " already; release it first.");
        }
        return met;
    }

    private Optional<AddressHold> kept(long serviceId, ResolvedWish wish) {
        if (wish.wanted() != null) {
            return holds.kept(serviceId, wish.vrfId(), wish.wanted());
        }
        return holds.kept(serviceId, wish.pool().id(), wish.kind(), wish.length());
    }

    private IpPrefix choose(long serviceId, ResolvedWish wish, Actor actor) {
        if (wish.wanted() != null && !wish.isChosenByNetBox()) {
            holds.endDue(wish.vrfId(), wish.wanted());
        }
        Optional<AddressHold> kept = kept(serviceId, wish);
        if (kept.isPresent()) {
            holds.takeUp(kept.get(), actor);
            return kept.get().prefix();
        }
        if (wish.isChosenByNetBox()) {
            AddressClaim claim = claims.given(wish.pool(), serviceId, wish.kind(), wish.length(), wish.wanted())
                    .orElseThrow(() -> new IllegalStateException("NetBox chooses in the pool '"
                            + wish.pool().name() + "': prepare the assignment before the transaction"));
            claims.drop(claim);
            return claim.given();
        }
        if (wish.wanted() == null) {
            return next.of(wish.pool(), wish.length(), serviceId, actor);
        }
        requireUnused(serviceId, wish);
        return wish.wanted();
    }

    /** The database refuses an overlap too; here it is told whose it is. */
    private void requireUnused(long serviceId, ResolvedWish wish) {
        String prefix = wish.wanted().toString();
        jdbc.queryForList(
                        "select text(prefix) || ' belongs to ' || service_holder(service_id) from service_prefix"
                                + " where prefix && ?::inet and vrf_id = ? and service_id <> ? limit 1",
                        String.class,
                        prefix,
                        wish.vrfId(),
                        serviceId)
                .forEach(holder -> {
                    throw new LedgerConflict(prefix + " is not free: " + holder + ".");
                });
        liveUse.byAnother(wish.wanted(), Set.of(serviceId)).ifPresent(use -> {
            throw new LedgerConflict(prefix + " is not free: " + use + ".");
        });
    }

    private AssignedAddress insert(long serviceId, ResolvedWish wish, IpPrefix prefix) {
        return insert(
                serviceId,
                wish.vrfId(),
                wish.kind(),
                prefix,
                wish.netmaskLength(),
                wish.pool() == null ? null : wish.pool().id());
    }

    private AssignedAddress insert(
            long serviceId, long vrfId, AddressKind kind, IpPrefix prefix, Integer netmaskLength, Long poolId) {
        return jdbc.queryForObject(
                "insert into service_prefix (service_id, vrf_id, kind, prefix, netmask_length, pool_id, assigned_at)"
                        + " values (?, ?, ?, ?::cidr, ?, ?, clock_timestamp())"
                        + " returning id, service_id, kind, text(prefix) as prefix, netmask_length, pool_id, assigned_at",
                AddressRows.ASSIGNED_ADDRESS,
                serviceId,
                vrfId,
                kind.word(),
                prefix.toString(),
                netmaskLength,
                poolId);
    }

    private void remove(AssignedAddress one) {
        jdbc.update("delete from service_prefix where id = ?", one.id());
    }

    private void endAfterRelease(AssignedAddress one) {
        if (one.poolId() != null) {
            holds.endAfterRelease(one.serviceId(), one.poolId(), one.prefix());
        }
    }

    /** In place of what the trigger made of it; where another prefix of the service lies in it, there is nothing to keep. */
    private void retain(AssignedAddress one, Retention retention, Actor actor) {
        if (retention == null || one.poolId() == null) {
            return;
        }
        int retained = jdbc.update(
                "update address_hold set reason = ?, until = ?, note = ? where pool_id = ? and prefix = ?::cidr"
                        + " and service_id = ? and reason in ('cool-down', 'revoking')",
                Words.of(retention.reason()),
                AddressRows.timestamp(retention.until()),
                retention.note(),
                one.poolId(),
                one.prefix().toString(),
                one.serviceId());
        if (retained == 0 && isFree(one)) {
            holds.insert(
                    one.poolId(),
                    pools.get(one.poolId()).vrfId(),
                    one.prefix(),
                    retention.reason(),
                    one.serviceId(),
                    one.kind(),
                    retention.until(),
                    retention.note(),
                    actor);
        }
    }

    private boolean isFree(AssignedAddress one) {
        return jdbc.queryForObject(
                "select not exists (select from service_prefix where pool_id = ? and prefix && ?::inet)",
                Boolean.class,
                one.poolId(),
                one.prefix().toString());
    }

    private AssignedAddress hand(AssignedAddress moved, long toService, Actor actor) {
        long vrfId = moved.poolId() == null
                ? jdbc.queryForObject("select id from vrf where name = 'default'", Long.class)
                : pools.get(moved.poolId()).vrfId();
        AssignedAddress handed =
                insert(toService, vrfId, moved.kind(), moved.prefix(), moved.netmaskLength(), moved.poolId());
        events.append(actor, EventType.SERVICE_CHANGED, moved.serviceId(), told(moved), Map.of("movedTo", toService));
        events.append(
                actor, EventType.SERVICE_CHANGED, toService, Map.of("movedFrom", moved.serviceId()), told(handed));
        return handed;
    }

    private List<AssignedAddress> matching(long serviceId, AddressKind kind, IpPrefix prefix) {
        List<AssignedAddress> found = matching(jdbc, serviceId, kind, prefix);
        if (found.isEmpty()) {
            throw new LedgerNotFound("Service " + serviceId + " has no " + (kind == null ? "address" : kind.word())
                    + (prefix == null ? "" : " " + prefix) + ".");
        }
        return found;
    }

    private static List<AssignedAddress> matching(
            JdbcTemplate jdbc, long serviceId, AddressKind kind, IpPrefix prefix) {
        return jdbc.query(
                AddressRows.ASSIGNED + "where service_id = ? and (?::text is null or kind = ?)"
                        + " and (?::cidr is null or prefix = ?::cidr) order by masklen(prefix) desc, id",
                AddressRows.ASSIGNED_ADDRESS,
                serviceId,
                kind == null ? null : kind.word(),
                kind == null ? null : kind.word(),
                prefix == null ? null : prefix.toString(),
                prefix == null ? null : prefix.toString());
    }

    private AssignedAddress only(long serviceId, AddressKind kind, IpPrefix prefix) {
        List<AssignedAddress> found = matching(serviceId, kind, prefix);
        if (found.size() > 1) {
            throw new LedgerInvalid(
                    "Service " + serviceId + " has " + found.size() + " of that kind; name the prefix.");
        }
        return found.getFirst();
    }

    private void requireNone(long serviceId, AddressKind kind) {
        matching(jdbc, serviceId, kind, null).stream()
                .filter(has -> !kind.isRoute())
                .forEach(has -> {
                    throw new LedgerConflict("Service " + serviceId + " has the " + kind.word() + " " + has.prefix()
                            + " already; release it first, or swap.");
                });
    }

    private void requireTenant(ServiceRow service, AssignedAddress address) {
        if (address.poolId() != null) {
            service.requireTenant(pools.get(address.poolId()));
        }
    }

    private static void requireTwo(long one, long other) {
        if (one == other) {
            throw new LedgerInvalid("These are one service, " + one + ".");
        }
    }

    private static Map<String, Object> told(AssignedAddress address) {
        return Map.of(address.kind().word(), address.prefix().toString());
    }
}
