package io.patchbay.access;

import io.patchbay.access.AccessCounters.Outcome;
import io.patchbay.binding.Decision;
import io.patchbay.request.RequestEnd;
import io.patchbay.wire.Octets;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/** The step {@code name-the-limited}: whose sessions are counted, and which of them this request replaces. */
final class NameTheLimited implements Processor {
    private final RequestEnd<Outcome> end;

    NameTheLimited(RequestEnd<Outcome> end) {
        this.end = end;
    }

    @Override
    public void process(Exchange exchange) {
        AccessRequest request = AccessRequest.of(exchange);
        request.stopWaiting();
        if (request.isTooOld()) {
            end.drop(exchange, Outcome.SHED);
            return;
        }
        Message message = exchange.getMessage();
        message.removeHeader(Headers.SESSION_LIMIT);
        Decision.Grant grant = (Decision.Grant) request.decision();
        message.setHeader("serviceId", grant.binding().serviceId());
        message.setHeader("mac", bytes(request.question().line().mac()));
        message.setHeader("circuitId", bytes(request.question().line().circuitId()));
        message.setHeader("remoteId", bytes(request.question().line().remoteId()));
    }

    private static byte[] bytes(Octets value) {
        return value == null ? null : value.toByteArray();
    }
}
