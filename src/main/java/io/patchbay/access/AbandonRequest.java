package io.patchbay.access;

import io.patchbay.access.AccessCounters.Outcome;
import io.patchbay.binding.Resolution;
import io.patchbay.commit.Quietly;
import io.patchbay.radius.PacketTooLongException;
import io.patchbay.request.RequestEnd;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * What happens to a request that a step failed on: no reply, since a wrong one would be worse than the NAS asking again, and
 * it may ask again at once.
 */
final class AbandonRequest implements Processor {
    private final RequestEnd<Outcome> end;
    private final Quietly log = new Quietly(AbandonRequest.class);

    AbandonRequest(RequestEnd<Outcome> end) {
        this.end = end;
    }

    /** As the route's error handler. */
    @Override
    public void process(Exchange exchange) {
        abandon(exchange, exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class));
    }

    void abandon(Exchange exchange, Exception cause) {
        Outcome outcome = outcome(cause);
        if (outcome != Outcome.SHED) {
            log.warn("An Access-Request" + of(exchange) + " gets no reply (" + outcome + ").", cause);
        }
        end.drop(exchange, outcome);
    }

    private static Outcome outcome(Exception cause) {
        if (cause instanceof RejectedExecutionException) {
            return Outcome.SHED;
        }
        return cause instanceof PacketTooLongException ? Outcome.REPLY_TOO_LONG : Outcome.ERROR;
    }

    private static String of(Exchange exchange) {
        if (!(exchange.getMessage().getBody() instanceof AccessRequest request)) {
            return "";
        }
        String service = request.resolution() instanceof Resolution.Found found
                ? " for service " + found.binding().serviceId()
                : "";
        return service + " from NAS " + request.nas().name();
    }
}
