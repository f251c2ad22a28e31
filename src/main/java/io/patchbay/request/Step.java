package io.patchbay.request;

import java.util.function.BiConsumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * A step of a route of requests. What it throws ends the request here, its repeats told apart from it, before Camel makes an
 * error of it; the route's error handler is left with what goes wrong between the steps.
 *
 * @param abandon ends the request without a reply
 */
public record Step(Processor work, BiConsumer<Exchange, Exception> abandon) implements Processor {
    @Override
    public void process(Exchange exchange) {
        if (RadiusRequest.of(exchange) == null) {
            return; // it has ended in a branch
        }
        try {
            work.process(exchange);
        } catch (Exception failure) {
            abandon.accept(exchange, failure);
        }
    }
}
