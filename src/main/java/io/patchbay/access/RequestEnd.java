package io.patchbay.access;

import io.patchbay.access.AccessCounters.Outcome;
import io.patchbay.radius.DuplicateCache;
import io.patchbay.radius.netty.RadiusReply;
import org.apache.camel.Exchange;

/**
 * Ends a request before the route does: counted, its twins told what they are, and no further step runs. Every request that
 * was let in ends here or in {@link ReleaseReply}, so that none stays "in flight".
 */
final class RequestEnd {
    private final DuplicateCache duplicates;
    private final AccessCounters counters;

    RequestEnd(DuplicateCache duplicates, AccessCounters counters) {
        this.duplicates = duplicates;
        this.counters = counters;
    }

    /** No reply now; when the NAS asks again it is a new request. */
    void drop(Exchange exchange, Outcome outcome) {
        if (exchange.getMessage().getBody() instanceof AccessRequest request && request.duplicateKey() != null) {
            duplicates.forget(request.duplicateKey());
        }
        end(exchange, outcome, null);
    }

    /** Silence is the answer, to its repeats too. */
    void staySilent(Exchange exchange, Outcome outcome) {
        duplicates.complete(AccessRequest.of(exchange).duplicateKey(), null);
        end(exchange, outcome, null);
    }

    /** This reply at once. */
    void reply(Exchange exchange, Outcome outcome, byte[] reply) {
        end(exchange, outcome, new RadiusReply(reply));
    }

    private void end(Exchange exchange, Outcome outcome, RadiusReply reply) {
        counters.count(outcome);
        if (exchange.getMessage().getBody() instanceof AccessRequest request) {
            request.stopWaiting();
        }
        exchange.getMessage().setBody(reply);
        exchange.setRouteStop(true);
    }
}
