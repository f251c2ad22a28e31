package io.patchbay.converge.netbox;

import io.patchbay.converge.ConvergenceWorker;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** The step {@code converge-due-in-netbox}: one turn of the worker, then its writes; another soon when there is more. */
final class ConvergeNetBox implements Processor {
    private static final String FOLLOWED = "PatchbayFollowed";
    private static final long EVENTS_A_TURN = 5_000;

    private final ConvergenceWorker<MirroredService, MirrorPlan, MirrorOutcome> worker;
    private final NetBoxTarget target;
    private final MirrorDue due;
    private final Runnable wake;
    private boolean begun;

    ConvergeNetBox(
            ConvergenceWorker<MirroredService, MirrorPlan, MirrorOutcome> worker,
            NetBoxTarget target,
            MirrorDue due,
            Runnable wake) {
        this.worker = worker;
        this.target = target;
        this.due = due;
        this.wake = wake;
    }

    @Override
    public void process(Exchange exchange) {
        turn();
        Map<?, ?> followed = exchange.getMessage().getHeader(FOLLOWED, Map.class);
        if (followed != null
                && followed.get("events") instanceof Number events
                && events.longValue() >= EVENTS_A_TURN) {
            wake.run();
        }
    }

    void turn() {
        if (!begun) {
            due.begin();
            begun = true;
        }
        try {
            worker.turn();
        } finally {
            target.flush();
        }
    }
}
