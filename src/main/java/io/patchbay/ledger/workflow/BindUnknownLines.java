package io.patchbay.ledger.workflow;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** The step {@code bind-lines-without-doubt}: does nothing unless patchbay.zero-touch.automatic says so. */
final class BindUnknownLines implements Processor {
    static final String BEGUN = "PatchbayWorkflows";

    private final ZeroTouch zeroTouch;
    private final boolean automatic;

    BindUnknownLines(ZeroTouch zeroTouch, boolean automatic) {
        this.zeroTouch = zeroTouch;
        this.automatic = automatic;
    }

    @Override
    public void process(Exchange exchange) {
        exchange.getMessage().setHeader(BEGUN, automatic ? zeroTouch.bindByItself() : 0);
    }
}
