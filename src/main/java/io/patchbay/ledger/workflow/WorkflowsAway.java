package io.patchbay.ledger.workflow;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The end of a turn that failed, mostly because the database is away: logged once a minute, and tried again by the clock. */
final class WorkflowsAway implements Processor {
    private static final Logger LOG = LoggerFactory.getLogger(WorkflowsAway.class);
    private static final long MINUTE_NANOS = 60_000_000_000L;

    private final AtomicLong loggedAt = new AtomicLong(System.nanoTime() - MINUTE_NANOS);

    @Override
    public void process(Exchange exchange) {
        Throwable cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        long last = loggedAt.get();
        long now = System.nanoTime();
        if (now - last >= MINUTE_NANOS && loggedAt.compareAndSet(last, now)) {
            LOG.warn("Open workflows do not go on now; it is tried again all the time: {}", cause.toString());
        }
    }
}
