package io.patchbay.access;

import io.patchbay.access.AccessCounters.Outcome;
import io.patchbay.binding.AccessQuestion;
import io.patchbay.binding.Binding;
import io.patchbay.binding.Decider;
import io.patchbay.binding.Decision;
import io.patchbay.binding.DenialReason;
import io.patchbay.binding.Mismatch;
import io.patchbay.binding.PasswordProof;
import io.patchbay.binding.Resolution;
import io.patchbay.binding.Sighting;
import io.patchbay.binding.SightingSink;
import io.patchbay.radius.DuplicateCache;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * The step {@code decide}: proof, line policy, state. A slow hash that is not remembered raises
 * {@link Headers#SLOW_PASSWORD} instead, and the step runs again once it was verified. What was not as the ledger has it is
 * noted behind the reply.
 */
final class Decide implements Processor {
    private final Decider decider;
    private final SightingSink sightings;
    private final DuplicateCache duplicates;
    private final AccessCounters counters;
    private final InstantSource clock;

    Decide(
            Decider decider,
            SightingSink sightings,
            DuplicateCache duplicates,
            AccessCounters counters,
            InstantSource clock) {
        this.decider = decider;
        this.sightings = sightings;
        this.duplicates = duplicates;
        this.counters = counters;
        this.clock = clock;
    }

    @Override
    public void process(Exchange exchange) {
        AccessRequest request = AccessRequest.of(exchange);
        if (needsSlowHash(request)) {
            exchange.getMessage().setHeader(Headers.SLOW_PASSWORD, Boolean.TRUE);
            return;
        }
        Instant now = clock.instant();
        Decision decision = decider.decide(request.question(), request.resolution(), now);
        request.decision(decision);
        switch (decision) {
            case Decision.Grant grant -> {
                counters.count(Outcome.ACCEPT);
                if (!grant.noted().isEmpty()) {
                    note(request, now, grant.binding(), reasonOf(grant.noted()), "grant", grant.noted());
                }
            }
            case Decision.Quarantine quarantine -> {
                counters.count(Outcome.QUARANTINE);
                note(
                        request,
                        now,
                        quarantine.binding(),
                        quarantine.reason(),
                        "quarantine",
                        quarantine.mismatches());
            }
            case Decision.Reject reject -> {
                counters.count(Outcome.REJECT);
                note(request, now, reject.binding(), reject.reason(), "reject", reject.mismatches());
            }
            case Decision.Unknown unknown -> {
                counters.count(Outcome.SILENT);
                note(request, now, null, unknown.reason(), "unknown", List.of());
                duplicates.complete(request.duplicateKey(), null);
                exchange.getMessage().setBody(null);
                exchange.setRouteStop(true);
            }
        }
    }

    private static boolean needsSlowHash(AccessRequest request) {
        return request.resolution() instanceof Resolution.Found found
                && found.byUser()
                && found.binding().credential() != null
                && request.question().proof().check(found.binding().credential()) == PasswordProof.Outcome.SLOW;
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

    /** Of a grant with mismatches: which word says best what was seen. */
    private static DenialReason reasonOf(List<Mismatch> noted) {
        return noted.stream().allMatch(mismatch -> mismatch.kind() == null)
                ? DenialReason.VLAN_MISMATCH
                : DenialReason.LINE_MISMATCH;
    }
}
