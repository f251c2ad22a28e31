package io.patchbay.session;

import io.patchbay.commit.Quietly;
import io.patchbay.request.RadiusRequest;
import io.patchbay.request.RequestEnd;
import io.patchbay.session.AccountingCounters.Outcome;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** What happens to an Accounting-Request that a step failed on: no acknowledgement, and the NAS may tell it again at once. */
final class AbandonAccounting implements Processor {
    private final RequestEnd<Outcome> end;
    private final Quietly log = new Quietly(AbandonAccounting.class);

    AbandonAccounting(RequestEnd<Outcome> end) {
        this.end = end;
    }

    /** As the route's error handler. */
    @Override
    public void process(Exchange exchange) {
        abandon(exchange, exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class));
    }

    void abandon(Exchange exchange, Exception cause) {
        RadiusRequest request = RadiusRequest.of(exchange);
        String from = request == null ? "" : " from NAS " + request.nas().name();
        log.warn("An Accounting-Request" + from + " is not acknowledged.", cause);
        end.drop(exchange, Outcome.ERROR);
    }
}
