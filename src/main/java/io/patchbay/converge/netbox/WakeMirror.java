package io.patchbay.converge.netbox;

import org.apache.camel.ProducerTemplate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;

/** Asks the route for a turn soon. Never blocks: a turn that waits already is enough, and the clock asks in any case. */
final class WakeMirror implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(WakeMirror.class);
    private static final String QUEUE =
            "seda:converge-netbox?discardWhenFull=true&discardIfNoConsumers=true&waitForTaskToComplete=Never";

    private final ObjectProvider<ProducerTemplate> camel;

    WakeMirror(ObjectProvider<ProducerTemplate> camel) {
        this.camel = camel;
    }

    @Override
    public void run() {
        try {
            camel.getObject().sendBody(QUEUE, null);
        } catch (RuntimeException notRunning) {
            LOG.debug("The route is not there yet, or no more; its clock begins when it is", notRunning);
        }
    }
}
