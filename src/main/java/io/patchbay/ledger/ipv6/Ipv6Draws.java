package io.patchbay.ledger.ipv6;

import io.patchbay.event.Actor;
import io.patchbay.ledger.LedgerInvalid;
import io.patchbay.ledger.address.AddressAssignments;
import io.patchbay.ledger.address.AddressKind;
import io.patchbay.ledger.address.AddressPool;
import io.patchbay.ledger.address.AddressPools;
import io.patchbay.ledger.address.AddressWish;
import io.patchbay.ledger.address.AssignedAddress;
import io.patchbay.ledger.address.PoolAuthority;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What a service's mode needs, and from where it comes. */
final class Ipv6Draws {
    private final AddressPools pools;
    private final AddressAssignments assignments;

    Ipv6Draws(AddressPools pools, AddressAssignments assignments) {
        this.pools = pools;
        this.assignments = assignments;
    }

    /** @param length null: as the pool says */
    record Draw(long serviceId, AddressKind kind, AddressPool pool, Integer length) {
        /** Then it is prepared outside any transaction. */
        boolean isChosenByNetBox() {
            return pool.authority() == PoolAuthority.NETBOX;
        }

        AddressWish wish() {
            AddressWish next = AddressWish.nextOf(pool.id(), kind);
            return length == null ? next : next.ofLength(length);
        }
    }

    /**
     * What is missing for this mode. What the service has stays, wherever it is from, and where only the NAS has a pool nothing
     * is drawn.
     *
     * @throws LedgerInvalid when a part is in no pool's power
     */
    List<Draw> missing(Ipv6Standing standing, Ipv6Mode mode, Ipv6Wish wish) {
        return mode.needs().stream()
                .filter(kind -> standing.assigned(kind).isEmpty())
                .map(kind -> draw(standing, kind, wish))
                .filter(Objects::nonNull)
                .toList();
    }

    /** In place of what the service has from pools, as far as its mode needs it; from the same ones where none is named now. */
    List<Draw> others(Ipv6Standing standing) {
        return standing.row().mode().needs().stream()
                .map(standing::assigned)
                .flatMap(Optional::stream)
                .filter(one -> one.poolId() != null)
                .map(one -> {
                    Long named = named(standing, one.kind(), standing.row().wish());
                    return draw(
                            standing,
                            one.kind(),
                            named == null ? one.poolId() : named,
                            standing.row().wish());
                })
                .toList();
    }

    /** Null where the NAS's own pool gives it. */
    private Draw draw(Ipv6Standing standing, AddressKind kind, Ipv6Wish wish) {
        Long poolId = named(standing, kind, wish);
        if (poolId != null) {
            return draw(standing, kind, poolId, wish);
        }
        if (standing.plan().hasNasPool(kind)) {
            return null;
        }
        throw new LedgerInvalid("Nothing says from where service " + standing.serviceId() + " gets a " + title(kind)
                + ": neither the service nor its plan '" + standing.plan().name() + "' names a pool.");
    }

    private static Long named(Ipv6Standing standing, AddressKind kind, Ipv6Wish wish) {
        Long own = wish.poolId(kind);
        return own != null ? own : standing.plan().poolId(kind);
    }

    private Draw draw(Ipv6Standing standing, AddressKind kind, long poolId, Ipv6Wish wish) {
        AddressPool pool = pools.get(poolId);
        if (pool.kind() != kind) {
            throw new LedgerInvalid(
                    "The pool '" + pool.name() + "' is of " + pool.kind().word() + ", and not of " + kind.word()
                            + ", which service " + standing.serviceId() + " needs.");
        }
        return new Draw(
                standing.serviceId(),
                kind,
                pool,
                kind == AddressKind.IPV6_DELEGATED_PREFIX ? wish.delegatedLength() : null);
    }

    /** Has NetBox choose. @throws io.patchbay.ledger.AuthorityAway when it does not answer */
    void prepare(Draw draw, Actor actor) {
        assignments.prepare(draw.serviceId(), draw.wish(), actor);
    }

    AssignedAddress take(Draw draw, Actor actor) {
        return assignments.assign(draw.serviceId(), draw.wish(), actor);
    }

    /** {@code WAN prefix}, for sentences. */
    static String title(AddressKind kind) {
        return switch (kind) {
            case IPV6_WAN_PREFIX -> "WAN prefix";
            case IPV6_WAN_ADDRESS -> "WAN address";
            case IPV6_DELEGATED_PREFIX -> "delegated prefix";
            case IPV6_ROUTE -> "route";
            case IPV4_ADDRESS, IPV4_ROUTE -> throw new IllegalArgumentException(kind + " is none of IPv6");
        };
    }
}
