package io.patchbay.session;

import io.patchbay.radius.DuplicateCache;
import io.patchbay.radius.PacketCode;
import io.patchbay.radius.ReplyBuilder;
import io.patchbay.radius.netty.RadiusReply;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * The step {@code acknowledge}: the record is stored, so the NAS may forget it. The response bears the request's Proxy-States
 * and nothing else (RFC 2866 section 4.2), and is remembered for repeats.
 */
final class Acknowledge implements Processor {
    private final DuplicateCache duplicates;
    private final AccountingCounters counters;

    Acknowledge(DuplicateCache duplicates, AccountingCounters counters) {
        this.duplicates = duplicates;
        this.counters = counters;
    }

    @Override
    public void process(Exchange exchange) {
        AccountingRequest request = AccountingRequest.of(exchange);
        byte[] response = new ReplyBuilder(PacketCode.ACCOUNTING_RESPONSE, request.packet(), request.secret()).finish();
        counters.acknowledged(request.record().kind());
        duplicates.complete(request.duplicateKey(), response);
        exchange.getMessage().setBody(new RadiusReply(response));
    }
}
