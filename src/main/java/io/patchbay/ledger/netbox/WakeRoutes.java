package io.patchbay.ledger.netbox;

import org.apache.camel.ProducerTemplate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;

/** Asks routes for a turn soon. Never blocks: one that waits already is enough, and their clocks ask in any case. */
public final class WakeRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(WakeRoutes.class);
    private static final String OPTIONS = "?discardWhenFull=true&discardIfNoConsumers=true&waitForTaskToComplete=Never";

    private final ObjectProvider<ProducerTemplate> camel;

    public WakeRoutes(ObjectProvider<ProducerTemplate> camel) {
        this.camel = camel;
    }

    /** What was heard of is looked at. */
    public void takeChanges() {
        wake("seda:take-netbox-changes");
    }

    /** Everything is compared. */
    public void sweep() {
        wake("seda:sweep-netbox-now");
    }

    private void wake(String queue) {
        try {
            camel.getObject().sendBody(queue + OPTIONS, null);
        } catch (RuntimeException notRunning) {
            LOG.debug("{} is not there yet, or no more", queue, notRunning);
        }
    }
}
