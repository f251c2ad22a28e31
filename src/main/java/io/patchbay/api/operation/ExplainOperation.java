package io.patchbay.api.operation;

import io.patchbay.api.ApiRequest;
import io.patchbay.api.ApiResponse;
import io.patchbay.api.Problem;
import io.patchbay.api.ProblemException;
import io.patchbay.binding.AccessQuestion;
import io.patchbay.binding.Binding;
import io.patchbay.binding.BindingIndex;
import io.patchbay.binding.Decider;
import io.patchbay.binding.Decision;
import io.patchbay.binding.DenialReason;
import io.patchbay.binding.Mismatch;
import io.patchbay.binding.Resolution;
import io.patchbay.binding.Resolver;
import io.patchbay.ledger.LedgerReader;
import io.patchbay.ledger.NasClient;
import io.patchbay.ledger.Option82Policy;
import io.patchbay.ledger.ServiceView;
import io.patchbay.ledger.Words;
import io.patchbay.line.IdentifierKind;
import io.patchbay.sighting.AuthenticationFilter;
import io.patchbay.sighting.AuthenticationReader;
import io.patchbay.sighting.LoggedAuthentication;
import io.patchbay.sighting.SeenSighting;
import io.patchbay.sighting.SightingFilter;
import io.patchbay.sighting.SightingReader;
import io.patchbay.wire.IpPrefix;
import io.patchbay.wire.Octets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Runs the decision of the RADIUS path on what an operator says of a request, and tells what led to it. */
final class ExplainOperation {
    private static final int LAST_SIGHTINGS = 10;
    private static final int LAST_ATTEMPTS = 10;

    private final BindingIndex index;
    private final Resolver resolver;
    private final Decider decider;
    private final ExplainQuestion questions;
    private final ReplyRehearsal rehearsal;
    private final LedgerReader ledger;
    private final SightingReader sightings;
    private final AuthenticationReader attempts;
    private final ExplainSurroundings surroundings;

    ExplainOperation(
            BindingIndex index,
            Resolver resolver,
            Decider decider,
            ExplainQuestion questions,
            ReplyRehearsal rehearsal,
            LedgerReader ledger,
            SightingReader sightings,
            AuthenticationReader attempts,
            ExplainSurroundings surroundings) {
        this.index = index;
        this.resolver = resolver;
        this.decider = decider;
        this.questions = questions;
        this.rehearsal = rehearsal;
        this.ledger = ledger;
        this.sightings = sightings;
        this.attempts = attempts;
        this.surroundings = surroundings;
    }

    ApiResponse explain(ApiRequest request) {
        if (!index.isComplete()) {
            throw new ProblemException(Problem.of(503, "The index is still being filled; the hub answers nobody yet."));
        }
        IpPrefix address = Parameters.prefix(request, "address");
        if (request.number("serviceId") == null && address != null && !questions.isHeld(address)) {
            return ofNobody(address);
        }
        Long lineId = request.number("lineId");
        if (lineId != null
                && request.number("serviceId") == null
                && index.byLine(lineId).isEmpty()) {
            return ofNobody(lineId);
        }
        AccessQuestion question = questions.of(request);
        Resolution resolution = resolver.resolve(question);
        Decision decision = decider.decide(question, resolution, Instant.now());
        Binding binding = resolution instanceof Resolution.Found found ? found.binding() : null;
        DenialReason reason = reason(decision);
        return ApiResponse.ok(new Explanation(
                word(decision),
                Words.of(reason),
                sentence(resolution, reason),
                resolution instanceof Resolution.Found found ? (found.byUser() ? "user" : "line") : null,
                question.nas().name(),
                binding == null ? null : policy(binding, question.nas()),
                binding == null ? null : binding.subscriberId(),
                binding == null ? null : service(binding),
                binding == null || binding.lineId() == 0
                        ? null
                        : ledger.line(binding.lineId()).map(Views::line).orElse(null),
                mismatches(decision).stream().map(Views::difference).toList(),
                rehearsal.attributes(decision, question.nas()),
                lastSightings(question, binding),
                lastAttempts(question, binding),
                surroundings.of(binding == null ? named(question) : binding, question, address)));
    }

    /** What is in a pool, held, or was somebody's, is told of; of anything else there is nothing to tell. */
    private ApiResponse ofNobody(IpPrefix address) {
        Surroundings around = surroundings.ofNobody(address);
        if (around.address() == null && around.addressHistory().isEmpty()) {
            throw ProblemException.notFound("No service has the address " + address + ", and it is in no pool.");
        }
        return ApiResponse.ok(Explanation.ofNobody("Nobody has " + address + ".", null, around));
    }

    private ApiResponse ofNobody(long lineId) {
        Views.Line line = ledger.line(lineId)
                .map(Views::line)
                .orElseThrow(() -> ProblemException.notFound("There is no line " + lineId + "."));
        return ApiResponse.ok(Explanation.ofNobody("Nobody lives on line " + lineId + ".", line, null));
    }

    /** Whose the reported names are, though the request would not be answered by them; null when not one service's. */
    private Binding named(AccessQuestion question) {
        for (IdentifierKind kind : IdentifierKind.values()) {
            Octets value = question.line().identifier(kind);
            List<Binding> found = value == null ? List.of() : index.byIdentifier(kind, value);
            if (found.size() == 1) {
                return found.getFirst();
            }
        }
        return null;
    }

    private Views.Service service(Binding binding) {
        Optional<ServiceView> stored = ledger.subscriber(binding.subscriberId()).stream()
                .flatMap(subscriber -> subscriber.services().stream())
                .filter(service -> service.id() == binding.serviceId())
                .findFirst();
        return stored.map(Views::service).orElse(null);
    }

    private List<SeenSighting> lastSightings(AccessQuestion question, Binding binding) {
        boolean known = binding != null;
        SightingFilter filter = new SightingFilter(
                null,
                null,
                null,
                known ? binding.serviceId() : null,
                known ? null : question.userName(),
                known ? null : question.line().circuitId(),
                null);
        return filter.equals(SightingFilter.ALL) ? List.of() : sightings.find(filter, LAST_SIGHTINGS);
    }

    private List<LoggedAuthentication> lastAttempts(AccessQuestion question, Binding binding) {
        boolean known = binding != null;
        AuthenticationFilter filter = new AuthenticationFilter(
                null,
                known ? binding.serviceId() : null,
                known ? null : question.userName(),
                known ? null : question.line().circuitId(),
                null,
                null,
                null,
                null);
        return filter.equals(AuthenticationFilter.ALL) ? List.of() : attempts.find(filter, LAST_ATTEMPTS);
    }

    private static Explanation.Policy policy(Binding binding, NasClient nas) {
        Option82Policy ofPlan = binding.plan().option82Policy();
        if (binding.option82Policy() != null) {
            return new Explanation.Policy(Words.of(binding.option82Policy()), "service");
        }
        return ofPlan != null
                ? new Explanation.Policy(Words.of(ofPlan), "plan")
                : new Explanation.Policy(Words.of(nas.option82Policy()), "nas");
    }

    private static String sentence(Resolution resolution, DenialReason reason) {
        if (resolution instanceof Resolution.Ambiguous ambiguous) {
            return ambiguous.detail();
        }
        return reason == null ? null : reason.sentence();
    }

    private static String word(Decision decision) {
        return switch (decision) {
            case Decision.Grant grant -> "grant";
            case Decision.Quarantine denied -> "quarantine";
            case Decision.Reject denied -> "reject";
            case Decision.Unknown silence -> "silence";
        };
    }

    private static DenialReason reason(Decision decision) {
        return switch (decision) {
            case Decision.Grant grant -> null;
            case Decision.Quarantine denied -> denied.reason();
            case Decision.Reject denied -> denied.reason();
            case Decision.Unknown silence -> silence.reason();
        };
    }

    private static List<Mismatch> mismatches(Decision decision) {
        return switch (decision) {
            case Decision.Grant grant -> grant.noted();
            case Decision.Quarantine denied -> denied.mismatches();
            case Decision.Reject denied -> denied.mismatches();
            case Decision.Unknown silence -> List.of();
        };
    }
}
