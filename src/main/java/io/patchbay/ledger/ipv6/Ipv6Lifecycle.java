package io.patchbay.ledger.ipv6;

import io.patchbay.event.Actor;
import io.patchbay.ledger.AuthorityAway;
import io.patchbay.ledger.LedgerConflict;
import io.patchbay.ledger.LedgerException;
import io.patchbay.ledger.LedgerInvalid;
import io.patchbay.ledger.LedgerNotFound;
import io.patchbay.ledger.PoolExhausted;
import io.patchbay.ledger.address.AddressTransactions;
import io.patchbay.ledger.ipv6.Ipv6Draws.Draw;
import java.util.List;

/**
 * Everything that changes mode or state of a service's IPv6, each change with its event, in the caller's transaction or in one
 * of its own. All throw {@link LedgerNotFound} when there is no such service and {@link LedgerConflict} when its state does not
 * allow it.
 *
 * <p>A service that was given prefixes before it had a state (an import, a static assignment) is taken on as allocated by the
 * first of these calls. What NetBox chooses is asked of it outside any transaction: within a caller's such a service stays
 * pending, and {@link Ipv6Sweep} goes on when that is committed.
 */
public final class Ipv6Lifecycle {
    private final AddressTransactions transactions;
    private final Ipv6Rows rows;
    private final Ipv6Changes changes;
    private final Ipv6Draws draws;
    private final Ipv6Allocation allocation;
    private final FormerPrefixes former;

    Ipv6Lifecycle(
            AddressTransactions transactions,
            Ipv6Rows rows,
            Ipv6Changes changes,
            Ipv6Draws draws,
            Ipv6Allocation allocation,
            FormerPrefixes former) {
        this.transactions = transactions;
        this.rows = rows;
        this.changes = changes;
        this.draws = draws;
        this.allocation = allocation;
        this.former = former;
    }

    /** Likewise, with everything but the mode as it was, or as the plan says. @param mode null: the service's or its plan's */
    public Ipv6State enable(long serviceId, Ipv6Mode mode, Actor actor) {
        Ipv6Row row = rows.read(serviceId).row();
        Ipv6Wish same = row == null ? Ipv6Wish.of(mode) : row.wish().withMode(mode);
        return enable(serviceId, same, actor);
    }

    /**
     * Gives the service what the mode needs, or another mode than it has. What it has stays, what the new mode does not give is
     * taken as by a revoke, and {@link Ipv6Mode#NONE} takes everything.
     *
     * @return allocated; failed, with the reason in the row, when a service that had nothing cannot be given all: it is then
     *     given nothing; pending while NetBox does not answer. Another mode for a service that works fails with an exception and
     *     changes nothing
     * @throws PoolExhausted when there is nothing left for the other mode
     * @throws LedgerConflict while it is being revoked
     * @throws LedgerInvalid when no pool is named for a part, or one of another kind
     */
    public Ipv6State enable(long serviceId, Ipv6Wish wish, Actor actor) {
        Ipv6Standing standing = rows.read(serviceId);
        Ipv6Mode mode = wish.mode() != null ? wish.mode() : standing.wantedMode();
        if (mode == Ipv6Mode.NONE) {
            return transactions.run(() -> disable(lockAdopted(serviceId, actor), wish, actor));
        }
        if (standing.state() == Ipv6State.REVOKING) {
            throw refusal(standing, "is revoking; it is given again once everybody has let go of what it had");
        }
        return hasWorked(standing) ? change(serviceId, mode, wish, actor) : begin(serviceId, mode, wish, actor);
    }

    private static boolean hasWorked(Ipv6Standing standing) {
        return standing.state() == null
                ? !standing.assigned().isEmpty()
                : switch (standing.state()) {
                    case ALLOCATED, ACTIVE, SUSPENDED -> true;
                    case PENDING, REVOKING, REVOKED, FAILED -> false;
                };
    }

    private Ipv6State begin(long serviceId, Ipv6Mode mode, Ipv6Wish wish, Actor actor) {
        List<Draw> missing = draws.missing(rows.read(serviceId), mode, wish);
        if (!isChosenByNetBox(missing)) {
            return transactions.run(() -> allocation.allocate(pending(serviceId, mode, wish, actor), actor));
        }
        Ipv6State begun =
                transactions.run(() -> pending(serviceId, mode, wish, actor).state());
        return AddressTransactions.isInside() ? begun : proceed(serviceId, actor);
    }

    private Ipv6Standing pending(long serviceId, Ipv6Mode mode, Ipv6Wish wish, Actor actor) {
        Ipv6Standing wished = changes.wish(mode, wish, rows.lock(serviceId), actor);
        rows.setServiceMode(serviceId, mode);
        return wished.state() == Ipv6State.PENDING ? wished : changes.to(Ipv6State.PENDING, null, wished, actor);
    }

    /** Goes on with a pending service, outside any transaction: NetBox may be asked. @return its state then */
    Ipv6State proceed(long serviceId, Actor actor) {
        Ipv6Standing pending = rows.read(serviceId);
        if (pending.state() != Ipv6State.PENDING) {
            return pending.state();
        }
        for (Draw draw :
                draws.missing(pending, pending.row().mode(), pending.row().wish())) {
            try {
                draws.prepare(draw, actor);
            } catch (AuthorityAway | PoolExhausted | LedgerConflict why) {
                return transactions.run(() -> refused(serviceId, draw, why, actor));
            }
        }
        return transactions.run(() -> {
            Ipv6Standing now = rows.lock(serviceId);
            return now.state() == Ipv6State.PENDING ? allocation.allocate(now, actor) : now.state();
        });
    }

    /** NetBox that does not answer is asked again; what it refuses fails. */
    private Ipv6State refused(long serviceId, Draw draw, LedgerException why, Actor actor) {
        Ipv6Standing now = rows.lock(serviceId);
        if (now.state() != Ipv6State.PENDING) {
            return now.state();
        }
        String reason = Ipv6Allocation.sentence(Ipv6Draws.title(draw.kind()), why);
        return (why instanceof AuthorityAway
                        ? changes.because(reason, now, actor)
                        : changes.to(Ipv6State.FAILED, reason, now, actor))
                .state();
    }

    private Ipv6State change(long serviceId, Ipv6Mode mode, Ipv6Wish wish, Actor actor) {
        if (!AddressTransactions.isInside()) {
            draws.missing(rows.read(serviceId), mode, wish).stream()
                    .filter(Draw::isChosenByNetBox)
                    .forEach(draw -> draws.prepare(draw, actor));
        }
        return transactions.run(() -> {
            Ipv6Standing before = lockAdopted(serviceId, actor);
            List<Draw> missing = draws.missing(before, mode, wish);
            rows.put(serviceId, mode, wish);
            rows.setServiceMode(serviceId, mode);
            missing.forEach(draw -> draws.take(draw, actor));
            former.revoke(before, one -> !mode.gives(one.kind()), actor);
            boolean isNew = before.state() == Ipv6State.ACTIVE && !missing.isEmpty();
            return (isNew ? changes.to(Ipv6State.ALLOCATED, null, before, actor) : changes.tell(before, actor)).state();
        });
    }

    /** What it has is taken; it may be wished for again. */
    private Ipv6State disable(Ipv6Standing before, Ipv6Wish wish, Actor actor) {
        rows.setServiceMode(before.serviceId(), Ipv6Mode.NONE);
        if (before.row() == null) {
            changes.tell(before, actor);
            return null;
        }
        return switch (before.state()) {
            case REVOKING, REVOKED ->
                changes.wish(Ipv6Mode.NONE, wish, before, actor).state();
            case PENDING, ALLOCATED, ACTIVE, SUSPENDED, FAILED -> {
                rows.put(before.serviceId(), Ipv6Mode.NONE, wish);
                yield revoke(before, actor).state();
            }
        };
    }

    /** Keeps what it has, and gives it to nobody: its sessions log in without IPv6. Suspended twice is suspended. */
    public Ipv6State suspend(long serviceId, Actor actor) {
        return transactions.run(() -> {
            Ipv6Standing before = managed(serviceId, actor);
            return before.state() == Ipv6State.SUSPENDED
                    ? before.state()
                    : changes.to(Ipv6State.SUSPENDED, null, before, actor).state();
        });
    }

    /** Gives a suspended service again what it has. */
    public Ipv6State resume(long serviceId, Actor actor) {
        return transactions.run(() -> {
            Ipv6Standing before = managed(serviceId, actor);
            if (before.state() == Ipv6State.ALLOCATED || before.state() == Ipv6State.ACTIVE) {
                return before.state();
            }
            if (before.state() != Ipv6State.SUSPENDED) {
                throw refusal(before, "is " + before.state().word() + ", not suspended");
            }
            return changes.to(Ipv6State.ALLOCATED, null, before, actor).state();
        });
    }

    /**
     * Gives it other prefixes in place of those that it has from a pool. The old ones are kept from everybody until their valid
     * lifetime has ended (RFC 9096 section 3.5), since the subscriber's network may use them so long.
     *
     * @throws PoolExhausted when there are no others; nothing is changed
     */
    public Ipv6State renumber(long serviceId, Actor actor) {
        Ipv6State renumbered = transactions.run(() -> renumberNow(serviceId, actor));
        return renumbered == Ipv6State.PENDING && !AddressTransactions.isInside()
                ? proceed(serviceId, actor)
                : renumbered;
    }

    private Ipv6State renumberNow(long serviceId, Actor actor) {
        Ipv6Standing before = managed(serviceId, actor);
        if (!hasWorked(before)) {
            throw refusal(before, "is " + before.state().word() + ": there is nothing to renumber");
        }
        List<Draw> others = draws.others(before);
        if (others.isEmpty()) {
            throw refusal(before, "has no prefix from a pool: there is nothing to renumber");
        }
        boolean isAsked = isChosenByNetBox(others);
        if (isAsked && before.state() == Ipv6State.SUSPENDED) {
            throw refusal(before, "is suspended, and NetBox chooses its prefixes: resume it first");
        }
        former.renumber(before, draw -> others.stream().anyMatch(other -> other.kind() == draw.kind()), actor);
        if (isAsked) {
            return changes.to(Ipv6State.PENDING, null, before, actor).state();
        }
        others.forEach(draw -> draws.take(draw, actor));
        return (before.state() == Ipv6State.ACTIVE
                        ? changes.to(Ipv6State.ALLOCATED, null, before, actor)
                        : changes.tell(before, actor))
                .state();
    }

    /**
     * Takes everything. The replies stop giving it at once; nobody else gets it before every {@link Projections} has let go,
     * and then it cools down for this service. Revoking twice is revoking.
     */
    public Ipv6State revoke(long serviceId, Actor actor) {
        return transactions.run(() -> {
            Ipv6Standing before = managed(serviceId, actor);
            boolean isDone = before.state() == Ipv6State.REVOKING || before.state() == Ipv6State.REVOKED;
            return isDone ? before.state() : revoke(before, actor).state();
        });
    }

    private Ipv6Standing revoke(Ipv6Standing before, Actor actor) {
        former.revoke(before, one -> true, actor);
        return changes.to(Ipv6State.REVOKING, null, before, actor);
    }

    /** Tries again what has failed, or what waits for NetBox. */
    public Ipv6State retry(long serviceId, Actor actor) {
        Ipv6Standing standing = rows.read(serviceId);
        if (standing.state() != Ipv6State.FAILED && standing.state() != Ipv6State.PENDING) {
            throw refusal(
                    standing,
                    standing.state() == null
                            ? "was never asked for"
                            : "is " + standing.state().word() + ": there is nothing to try again");
        }
        return begin(serviceId, standing.row().mode(), standing.row().wish(), actor);
    }

    /** A session was seen with what the service has. @return whether that is news */
    boolean activate(long serviceId) {
        return transactions.run(() -> {
            Ipv6Standing before = rows.lock(serviceId);
            boolean isNews = before.state() == Ipv6State.ALLOCATED;
            if (isNews) {
                changes.to(Ipv6State.ACTIVE, null, before, Actor.SWEEP);
            }
            return isNews;
        });
    }

    /** Everybody has let go of what was taken from the service, which may be gone itself. */
    void finish(long serviceId) {
        transactions.run(() -> {
            former.letGo(serviceId, Actor.SWEEP);
            rows.lockIfThere(serviceId)
                    .filter(standing -> standing.state() == Ipv6State.REVOKING)
                    .ifPresent(standing -> {
                        former.releaseRest(standing, Actor.SWEEP);
                        changes.to(Ipv6State.REVOKED, null, standing, Actor.SWEEP);
                    });
            return null;
        });
    }

    /** With a state: what was assigned before is taken on. */
    private Ipv6Standing managed(long serviceId, Actor actor) {
        Ipv6Standing standing = lockAdopted(serviceId, actor);
        if (standing.row() == null) {
            throw refusal(standing, "was never asked for");
        }
        return standing;
    }

    private Ipv6Standing lockAdopted(long serviceId, Actor actor) {
        Ipv6Standing found = rows.lock(serviceId);
        if (found.row() != null || found.assigned().isEmpty()) {
            return found;
        }
        Ipv6Mode mode = found.serviceMode() != null ? found.serviceMode() : found.modeOfAssigned();
        Ipv6Standing pending = changes.wish(mode, Ipv6Wish.of(mode), found, actor);
        return changes.to(Ipv6State.ALLOCATED, null, pending, actor);
    }

    private static boolean isChosenByNetBox(List<Draw> missing) {
        return missing.stream().anyMatch(Draw::isChosenByNetBox);
    }

    private static LedgerConflict refusal(Ipv6Standing of, String why) {
        return new LedgerConflict("IPv6 of service " + of.serviceId() + " " + why + ".");
    }
}
