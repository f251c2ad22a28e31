package io.patchbay.access;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * A step of the access route. What it throws ends the request here, its repeats told apart from it, before Camel makes an
 * error of it; the route's error handler is left with what goes wrong between the steps.
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
