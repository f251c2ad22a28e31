package io.patchbay.access;

import io.patchbay.binding.AccessQuestion;
import io.patchbay.binding.Binding;
import io.patchbay.binding.Decision;
import io.patchbay.binding.DenialReason;
import io.patchbay.binding.Sighting;
import io.patchbay.binding.SightingSink;
import java.time.InstantSource;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** The step {@code hold-to-limit}: rejects whoever has as many sessions as the plan allows. */
final class HoldToLimit implements Processor {
    private static final String SESSIONS = "PatchbaySessions";

    private final SightingSink sightings;
    private final InstantSource clock;

    HoldToLimit(SightingSink sightings, InstantSource clock) {
        this.sightings = sightings;
        this.clock = clock;
    }

    @Override
    public void process(Exchange exchange) {
        AccessRequest request = AccessRequest.of(exchange);
        Binding binding = ((Decision.Grant) request.decision()).binding();
        long sessions = exchange.getMessage().getHeader(SESSIONS, Long.class);
        if (sessions < binding.plan().sessionLimit()) {
            return;
        }
        AccessQuestion question = request.question();
        request.decision(new Decision.Reject(binding, DenialReason.SESSION_LIMIT, List.of()));
        sightings.note(new Sighting(
                clock.instant(),
                question.nas(),
                question.userName(),
                question.line(),
                binding,
                DenialReason.SESSION_LIMIT,
                "reject",
                List.of()));
    }
}
