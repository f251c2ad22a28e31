package io.patchbay.request;

import io.patchbay.radius.DuplicateCache;
import io.patchbay.radius.DuplicateKey;
import io.patchbay.radius.netty.RadiusReply;
import java.util.function.Consumer;
import org.apache.camel.Exchange;

/**
 * Ends a request before the route does: counted, its twins told what they are, and no further step runs. Every request that
 * was let in ends here or in the step that sends its reply, so that none stays "in flight".
 *
 * @param <O> how requests end, by the socket's own names
 */
public final class RequestEnd<O> {
    private final DuplicateCache duplicates;
    private final Consumer<O> counters;

    public RequestEnd(DuplicateCache duplicates, Consumer<O> counters) {
        this.duplicates = duplicates;
        this.counters = counters;
    }

    /** Lets the first of equal requests go on; its twins end here, with the reply that it got or none. */
    public void suppressDuplicate(Exchange exchange, RadiusRequest request, O inFlight, O repeated) {
        DuplicateKey key = DuplicateKey.of(request.sender(), request.packet());
        switch (duplicates.admit(key)) {
            case DuplicateCache.Outcome.New isNew -> request.duplicateKey(key);
            case DuplicateCache.Outcome.InFlight twin -> end(exchange, inFlight, null);
            case DuplicateCache.Outcome.Replay replay -> reply(exchange, repeated, replay.reply());
        }
    }

    /** No reply now; when the NAS asks again it is a new request. */
    public void drop(Exchange exchange, O outcome) {
        RadiusRequest request = RadiusRequest.of(exchange);
        if (request != null && request.duplicateKey() != null) {
            duplicates.forget(request.duplicateKey());
        }
        end(exchange, outcome, null);
    }

    /** Silence is the answer, to its repeats too. */
    public void staySilent(Exchange exchange, O outcome) {
        duplicates.complete(RadiusRequest.of(exchange).duplicateKey(), null);
        end(exchange, outcome, null);
    }

    /** This reply at once, and to its repeats too. */
    public void answer(Exchange exchange, O outcome, byte[] reply) {
        duplicates.complete(RadiusRequest.of(exchange).duplicateKey(), reply);
        reply(exchange, outcome, reply);
    }

    /** This reply at once, to a request that no twin needs to know of. */
    public void reply(Exchange exchange, O outcome, byte[] reply) {
        end(exchange, outcome, new RadiusReply(reply));
    }

    private void end(Exchange exchange, O outcome, RadiusReply reply) {
        counters.accept(outcome);
        RadiusRequest request = RadiusRequest.of(exchange);
        if (request != null) {
            request.ended();
        }
        exchange.getMessage().setBody(reply);
        exchange.setRouteStop(true);
    }
}
