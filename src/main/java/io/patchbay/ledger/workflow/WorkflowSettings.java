package io.patchbay.ledger.workflow;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param lease how long a node that runs a workflow may be silent before another takes it up, at least 1 s
 * @param inline how long a request waits for the workflow that it has begun; afterwards it is told where to look, at least 0
 */
@ConfigurationProperties("patchbay.workflow")
public record WorkflowSettings(
        @DefaultValue("30s") Duration lease,
        @DefaultValue("2s") Duration inline) {
    public WorkflowSettings {
        if (lease.toMillis() < 1_000) {
            throw new IllegalArgumentException("patchbay.workflow.lease is " + lease + "; it must be at least 1s");
        }
        if (inline.isNegative()) {
            throw new IllegalArgumentException("patchbay.workflow.inline is " + inline + "; it must be at least 0s");
        }
    }
}
