package io.patchbay.access;

import io.patchbay.binding.ChangeFeed;
import io.patchbay.binding.NegativeCache;
import io.patchbay.binding.Resolver;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * The step {@code take-into-memory}: reads the services that the ledger found into the index and resolves again, or
 * remembers for a while that there are none.
 */
final class TakeIntoMemory implements Processor {
    private final ChangeFeed feed;
    private final Resolver resolver;
    private final Identification identification;
    private final NegativeCache negatives;

    TakeIntoMemory(ChangeFeed feed, Resolver resolver, Identification identification, NegativeCache negatives) {
        this.feed = feed;
        this.resolver = resolver;
        this.identification = identification;
        this.negatives = negatives;
    }

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        AccessRequest request = AccessRequest.of(exchange);
        long[] found = LongStream.concat(
                        serviceIds(message, "PatchbayFoundByUser"), serviceIds(message, "PatchbayFoundByLine"))
                .distinct()
                .toArray();
        if (found.length == 0) {
            long generation = message.getHeader(NameTheSought.GENERATION, Long.class);
            Sought.of(request.question(), resolver).remember(negatives, generation);
            return;
        }
        feed.refreshNow(found);
        identification.identify(exchange, request);
    }

    @SuppressWarnings("unchecked")
    private static LongStream serviceIds(Message message, String header) {
        List<Map<String, Object>> rows = (List<Map<String, Object>>) message.getHeader(header);
        return rows == null
                ? LongStream.empty()
                : rows.stream().mapToLong(row -> ((Number) row.get("service_id")).longValue());
    }
}
