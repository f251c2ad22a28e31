package io.patchbay.session;

import io.patchbay.radius.PacketCode;
import io.patchbay.radius.ReplyBuilder;
import io.patchbay.request.RequestEnd;
import io.patchbay.session.AccountingCounters.Outcome;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** The step {@code read-record}: the packet in our terms. What tells of no session is acknowledged here, and not stored. */
final class ReadRecord implements Processor {
    private final AccountingReader reader;
    private final ClockOffsets clocks;
    private final RequestEnd<Outcome> end;

    ReadRecord(AccountingReader reader, ClockOffsets clocks, RequestEnd<Outcome> end) {
        this.reader = reader;
        this.clocks = clocks;
        this.end = end;
    }

    @Override
    public void process(Exchange exchange) {
        AccountingRequest request = AccountingRequest.of(exchange);
        switch (reader.read(request.packet(), request.nas(), request.sender().getAddress(), request.receivedAt())) {
            case Reading.Read read -> {
                request.record(read.record());
                clocks.observe(read.record());
            }
            case Reading.NoSession other -> {
                byte[] response =
                        new ReplyBuilder(PacketCode.ACCOUNTING_RESPONSE, request.packet(), request.secret()).finish();
                end.answer(exchange, Outcome.NO_SESSION, response);
            }
            case Reading.Incomplete incomplete ->
                end.drop(
                        exchange,
                        switch (incomplete.what()) {
                            case STATUS_TYPE -> Outcome.NO_STATUS_TYPE;
                            case SESSION_ID -> Outcome.NO_SESSION_ID;
                        });
        }
    }
}
