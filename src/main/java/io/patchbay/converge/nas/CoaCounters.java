package io.patchbay.converge.nas;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.patchbay.ledger.Words;
import io.patchbay.radius.coa.Attempt;
import io.patchbay.radius.coa.DroppedReply;

/** What was asked of NASes, and how it ended. */
final class CoaCounters {
    private final MeterRegistry meters;

    CoaCounters(MeterRegistry meters) {
        this.meters = meters;
    }

    void count(SessionOutcome outcome) {
        for (SessionOutcome.Sent sent : outcome.sent()) {
            String kind = Words.of(sent.kind());
            String word = CoaAudit.word(sent.result().outcome());
            meters.counter("patchbay.coa.requests", "kind", kind, "outcome", word)
                    .increment();
            for (Attempt attempt : sent.result().attempts()) {
                if (attempt.roundTrip() != null) {
                    Timer.builder("patchbay.coa.round.trip")
                            .description("From a CoA- or Disconnect-Request to its answer")
                            .tag("kind", kind)
                            .register(meters)
                            .record(attempt.roundTrip());
                }
            }
        }
    }

    void dropped(DroppedReply reason) {
        meters.counter("patchbay.coa.replies.dropped", "reason", Words.of(reason))
                .increment();
    }
}
