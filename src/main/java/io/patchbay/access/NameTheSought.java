package io.patchbay.access;

import io.patchbay.access.AccessCounters.Outcome;
import io.patchbay.binding.NegativeCache;
import io.patchbay.binding.Resolver;
import io.patchbay.line.IdentifierKind;
import io.patchbay.request.RequestEnd;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * The step {@code name-the-sought}: the parameters of the ledger's query as headers, null where there is none. A request
 * that waited longer than its NAS does is dropped: the NAS asks again.
 */
final class NameTheSought implements Processor {
    static final String GENERATION = "PatchbayNegativeGeneration";

    private final Resolver resolver;
    private final NegativeCache negatives;
    private final RequestEnd<Outcome> end;

    NameTheSought(Resolver resolver, NegativeCache negatives, RequestEnd<Outcome> end) {
        this.resolver = resolver;
        this.negatives = negatives;
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
        message.removeHeader(Headers.MISS);
        message.setHeader(GENERATION, negatives.generation());
        Sought sought = Sought.of(request.question(), resolver);
        message.setHeader(
                "tenantId", sought.user() == null ? null : sought.user().tenantId());
        message.setHeader(
                "userName", sought.user() == null ? null : sought.user().userName());
        message.setHeader("nasClientId", request.nas().id());
        message.setHeader("circuitId", sought.value(IdentifierKind.CIRCUIT_ID));
        message.setHeader("remoteId", sought.value(IdentifierKind.REMOTE_ID));
        message.setHeader("nasPortId", sought.value(IdentifierKind.NAS_PORT_ID));
        message.setHeader("mac", sought.value(IdentifierKind.MAC));
    }
}
