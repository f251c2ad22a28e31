package io.patchbay.ledger.workflow;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** The step {@code run-due-workflows}: takes up what is due until nothing is. */
final class RunWorkflows implements Processor {
    private final WorkflowRunner runner;

    RunWorkflows(WorkflowRunner runner) {
        this.runner = runner;
    }

    @Override
    public void process(Exchange exchange) {
        while (runner.turn() > 0) {
            // There may be more than one turn takes.
        }
    }
}
