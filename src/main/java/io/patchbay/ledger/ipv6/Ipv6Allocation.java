package io.patchbay.ledger.ipv6;

import io.patchbay.event.Actor;
import io.patchbay.ledger.LedgerConflict;
import io.patchbay.ledger.LedgerException;
import io.patchbay.ledger.PoolExhausted;
import io.patchbay.ledger.ipv6.Ipv6Draws.Draw;
import java.util.ArrayList;
import java.util.List;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Gives a pending service all that its mode needs, or nothing and the reason of each part. In the transaction that runs. */
final class Ipv6Allocation {
    private final TransactionTemplate savepoint;
    private final Ipv6Changes changes;
    private final Ipv6Draws draws;

    Ipv6Allocation(PlatformTransactionManager transactions, Ipv6Changes changes, Ipv6Draws draws) {
        this.savepoint = new TransactionTemplate(transactions);
        savepoint.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
        this.changes = changes;
        this.draws = draws;
    }

    /** @return the state in which the service is now: allocated or failed */
    Ipv6State allocate(Ipv6Standing pending, Actor actor) {
        List<String> given = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        savepoint.executeWithoutResult(whole -> {
            for (Draw draw :
                    draws.missing(pending, pending.row().mode(), pending.row().wish())) {
                String title = Ipv6Draws.title(draw.kind());
                try {
                    given.add("the " + title + " "
                            + savepoint.execute(part -> draws.take(draw, actor)).prefix());
                } catch (PoolExhausted | LedgerConflict refused) {
                    missing.add(sentence(title, refused));
                }
            }
            if (!missing.isEmpty()) {
                whole.setRollbackOnly();
            }
        });
        Ipv6Standing after = missing.isEmpty()
                ? changes.to(Ipv6State.ALLOCATED, null, pending, actor)
                : changes.to(Ipv6State.FAILED, reason(given, missing, pending.assigned()), pending, actor);
        return after.state();
    }

    private static String reason(List<String> given, List<String> missing, List<AssignedPrefix> kept) {
        StringBuilder reason = new StringBuilder(String.join(" ", missing));
        if (!given.isEmpty()) {
            reason.append(" Was to be had, and is not taken without the rest: ")
                    .append(String.join(", ", given))
                    .append('.');
        }
        kept.forEach(one -> reason.append(" The ")
                .append(Ipv6Draws.title(one.kind()))
                .append(' ')
                .append(one.prefix())
                .append(" is kept."));
        return reason.toString();
    }

    /** Why a part cannot be had. */
    static String sentence(String title, LedgerException why) {
        return "No " + title + ": " + why.getMessage();
    }
}
