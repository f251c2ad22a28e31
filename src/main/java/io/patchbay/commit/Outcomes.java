package io.patchbay.commit;

import io.patchbay.commit.CommitListener.Reason;
import java.util.List;
import org.apache.camel.Exchange;

/** Lets exchanges go on, to their acknowledgement or to a silent end. */
final class Outcomes<T extends Committable> {
    private final CommitCounts counts;
    private final CommitListener<T> listener;
    private final Quietly log = new Quietly(GroupCommit.class);

    Outcomes(CommitCounts counts, CommitListener<T> listener) {
        this.counts = counts;
        this.listener = listener;
    }

    void committed(List<Waiting<T>> group) {
        counts.committed(group.size());
        for (Waiting<T> each : group) {
            goOn(each);
        }
    }

    void notCommitted(List<Waiting<T>> group, Reason reason) {
        for (Waiting<T> each : group) {
            notCommitted(each, reason);
        }
    }

    void notCommitted(Waiting<T> waiting, Reason reason) {
        stop(waiting.exchange(), waiting.item(), reason);
        goOn(waiting);
    }

    /** Ends the exchange without a reply; its callback is the caller's. */
    void stop(Exchange exchange, T item, Reason reason) {
        counts.notCommitted(reason);
        try {
            listener.notCommitted(item, reason);
        } catch (RuntimeException | Error fault) {
            log.warn("Whoever hears of what was not stored failed.", fault);
        }
        exchange.getMessage().setBody(null);
        exchange.setRouteStop(true);
    }

    private void goOn(Waiting<T> waiting) {
        try {
            waiting.callback().done(false);
        } catch (RuntimeException | Error fault) {
            log.warn("The route failed after its item was stored or given up.", fault);
        }
    }
}
