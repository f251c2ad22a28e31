package io.patchbay.access;

import io.patchbay.access.AccessCounters.Outcome;
import io.patchbay.binding.AccessQuestion;
import io.patchbay.binding.Binding;
import io.patchbay.binding.Decider;
import io.patchbay.binding.Decision;
import io.patchbay.binding.DenialReason;
import io.patchbay.binding.Mismatch;
import io.patchbay.binding.PasswordProof;
import io.patchbay.binding.Sighting;
import io.patchbay.binding.SightingSink;
import io.patchbay.request.RequestEnd;
import io.patchbay.sighting.AuthenticationAttempt;
import io.patchbay.sighting.AuthenticationLog;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * The step {@code decide}: proof, line policy, state. What was not as the ledger has it is noted behind the reply. A proof
 * that is still slow here was verified and forgotten again, which only happens under more load than fits: it is shed.
 */
final class Decide implements Processor {
    private final Decider decider;
    private final SightingSink sightings;
    private final AuthenticationLog attempts;
    private final WaitingRoom limited;
    private final RequestEnd<Outcome> end;
    private final InstantSource clock;

    /** @param limited where those wait whose sessions are counted */
    Decide(
            Decider decider,
            SightingSink sightings,
            AuthenticationLog attempts,
            WaitingRoom limited,
            RequestEnd<Outcome> end,
            InstantSource clock) {
        this.limited = limited;
        this.decider = decider;
        this.sightings = sightings;
        this.attempts = attempts;
        this.end = end;
        this.clock = clock;
    }

    @Override
    public void process(Exchange exchange) {
        AccessRequest request = AccessRequest.of(exchange);
        Instant now = clock.instant();
        if (request.proof() == PasswordProof.Outcome.SLOW) {
            end.drop(exchange, Outcome.SHED);
            return;
        }
        if (request.decision() == null) {
            request.decision(decider.decide(request.question(), request.resolution(), request.proof(), now));
        }
        switch (request.decision()) {
            case Decision.Grant grant -> {
                if (!grant.noted().isEmpty()) {
                    note(request, now, grant.binding(), Mismatch.reason(grant.noted()), "grant", grant.noted());
                }
                if (grant.binding().plan().sessionLimit() > 0) {
                    countSessions(exchange, request);
                }
            }
            case Decision.Quarantine denied -> {
                note(request, now, denied.binding(), denied.reason(), "quarantine", denied.mismatches());
            }
            case Decision.Reject denied -> {
                note(request, now, denied.binding(), denied.reason(), "reject", denied.mismatches());
            }
            case Decision.Unknown silent -> {
                note(request, now, null, silent.reason(), "unknown", List.of());
                attempts.note(AuthenticationAttempt.of(now.toEpochMilli(), request.question(), silent));
                end.staySilent(exchange, Outcome.SILENT);
            }
        }
    }

    private void countSessions(Exchange exchange, AccessRequest request) {
        if (request.waitIn(limited)) {
            exchange.getMessage().setHeader(Headers.SESSION_LIMIT, Boolean.TRUE);
        } else {
            end.drop(exchange, Outcome.SHED);
        }
    }

    private void note(
            AccessRequest request,
            Instant now,
            Binding binding,
            DenialReason reason,
            String outcome,
            List<Mismatch> mismatches) {
        AccessQuestion question = request.question();
        sightings.note(new Sighting(
                now, question.nas(), question.userName(), question.line(), binding, reason, outcome, mismatches));
    }
}
