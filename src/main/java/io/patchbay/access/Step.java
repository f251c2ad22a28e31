package io.patchbay.access;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * A step of the access route. What it throws ends the request here: the route itself has no error handler, which would wrap
 * every step of every request, at a sixth of what a request costs, for the sake of what never happens.
 */
record Step(Processor work, AbandonRequest abandon) implements Processor {
    @Override
    public void process(Exchange exchange) {
        if (!(exchange.getMessage().getBody() instanceof AccessRequest)) {
            return; // it has ended in a branch
        }
        try {
            work.process(exchange);
        } catch (Exception failure) {
            abandon.abandon(exchange, failure);
        }
    }
}
