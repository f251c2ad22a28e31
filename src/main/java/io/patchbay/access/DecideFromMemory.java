package io.patchbay.access;

import io.patchbay.access.AccessCounters.Outcome;
import io.patchbay.binding.ChangeFeed;
import io.patchbay.request.RequestEnd;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * The step {@code decide-from-memory}: the ledger did not answer in time. Memory that follows the ledger decides alone; a
 * snapshot of some earlier hour may not know who was provisioned since, so that nobody is told to be unknown by it.
 */
final class DecideFromMemory implements Processor {
    private final ChangeFeed feed;
    private final RequestEnd<Outcome> end;
    private final AccessCounters counters;

    DecideFromMemory(ChangeFeed feed, RequestEnd<Outcome> end, AccessCounters counters) {
        this.feed = feed;
        this.end = end;
        this.counters = counters;
    }

    @Override
    public void process(Exchange exchange) {
        counters.count(Outcome.LEDGER_SILENT);
        if (feed.position() == null) {
            end.drop(exchange, Outcome.SHED);
        }
    }
}
