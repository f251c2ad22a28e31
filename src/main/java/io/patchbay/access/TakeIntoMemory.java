package io.patchbay.access;

import io.patchbay.access.AccessCounters.Outcome;
import io.patchbay.binding.ChangeFeed;
import io.patchbay.binding.NegativeCache;
import io.patchbay.binding.Resolver;
import io.patchbay.request.RequestEnd;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * The step {@code take-into-memory}: reads the services that the ledger found into the index and resolves again, or
 * remembers for a while that there are none. When the index is busy for longer than the NAS waits, the NAS asks again.
 */
final class TakeIntoMemory implements Processor {
    private final ChangeFeed feed;
    private final Resolver resolver;
    private final Identification identification;
    private final NegativeCache negatives;
    private final RequestEnd<Outcome> end;

    TakeIntoMemory(
            ChangeFeed feed,
            Resolver resolver,
            Identification identification,
            NegativeCache negatives,
            RequestEnd<Outcome> end) {
        this.feed = feed;
        this.resolver = resolver;
        this.identification = identification;
        this.negatives = negatives;
        this.end = end;
    }

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        AccessRequest request = AccessRequest.of(exchange);
        long[] found = serviceIds(message);
        if (found.length == 0) {
            long generation = message.getHeader(NameTheSought.GENERATION, Long.class);
            Sought.of(request.question(), resolver).remember(negatives, generation);
        } else if (feed.refreshForMiss(request.patienceLeft(), found)) {
            identification.identify(exchange, request);
        } else {
            end.drop(exchange, Outcome.SHED);
        }
    }

    @SuppressWarnings("unchecked")
    private static long[] serviceIds(Message message) {
        List<Map<String, Object>> rows = (List<Map<String, Object>>) message.getHeader("PatchbayFound");
        return rows.stream()
                .mapToLong(row -> ((Number) row.get("service_id")).longValue())
                .toArray();
    }
}
