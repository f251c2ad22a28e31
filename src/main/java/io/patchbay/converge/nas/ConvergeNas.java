package io.patchbay.converge.nas;

import io.patchbay.converge.ConvergenceWorker;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** The step {@code converge-nas}: one turn of the worker, and another soon when the event log has more. */
final class ConvergeNas implements Processor {
    static final String FOLLOWED = "PatchbayFollowed";
    private static final long EVENTS_A_TURN = 5_000;

    private final ConvergenceWorker<?, ?, ?> worker;
    private final Runnable wake;

    ConvergeNas(ConvergenceWorker<?, ?, ?> worker, Runnable wake) {
        this.worker = worker;
        this.wake = wake;
    }

    @Override
    public void process(Exchange exchange) {
        worker.turn();
        Map<?, ?> followed = exchange.getMessage().getHeader(FOLLOWED, Map.class);
        if (followed != null
                && followed.get("events") instanceof Number events
                && events.longValue() >= EVENTS_A_TURN) {
            wake.run();
        }
    }
}
