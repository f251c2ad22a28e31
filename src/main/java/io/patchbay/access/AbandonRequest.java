package io.patchbay.access;

import io.patchbay.access.AccessCounters.Outcome;
import io.patchbay.radius.DuplicateCache;
import io.patchbay.radius.PacketTooLongException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens to a request that a step failed on: no reply, since a wrong one would be worse than the NAS asking again,
 * and it may ask again at once. Counted always, logged once in ten seconds: a flood of errors is not to fill the disk.
 */
final class AbandonRequest implements Processor {
    private static final Logger log = LoggerFactory.getLogger(AbandonRequest.class);
    private static final long SILENCE_NANOS = 10_000_000_000L;

    private final DuplicateCache duplicates;
    private final AccessCounters counters;
    private final AtomicLong nextLog = new AtomicLong(System.nanoTime());

    AbandonRequest(DuplicateCache duplicates, AccessCounters counters) {
        this.duplicates = duplicates;
        this.counters = counters;
    }

    @Override
    public void process(Exchange exchange) {
        Exception cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        if (exchange.getMessage().getBody() instanceof AccessRequest request && request.duplicateKey() != null) {
            duplicates.forget(request.duplicateKey());
        }
        exchange.getMessage().setBody(null);
        Outcome outcome = outcome(cause);
        counters.count(outcome);
        logOnceInAWhile(outcome, cause);
    }

    private static Outcome outcome(Exception cause) {
        if (cause instanceof RejectedExecutionException) {
            return Outcome.SHED;
        }
        return cause instanceof PacketTooLongException ? Outcome.REPLY_TOO_LONG : Outcome.ERROR;
    }

    private void logOnceInAWhile(Outcome outcome, Exception cause) {
        long now = System.nanoTime();
        long next = nextLog.get();
        if (now - next >= 0 && nextLog.compareAndSet(next, now + SILENCE_NANOS)) {
            log.warn("Access-Requests get no reply ({}); further ones are only counted for 10 s", outcome, cause);
        }
    }
}
