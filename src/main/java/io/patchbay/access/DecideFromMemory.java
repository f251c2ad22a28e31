package io.patchbay.access;

import io.patchbay.access.AccessCounters.Outcome;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** The step {@code decide-from-memory}: the ledger did not answer in time, so what memory said stands. Counted. */
final class DecideFromMemory implements Processor {
    private final AccessCounters counters;

    DecideFromMemory(AccessCounters counters) {
        this.counters = counters;
    }

    @Override
    public void process(Exchange exchange) {
        counters.count(Outcome.LEDGER_SILENT);
    }
}
