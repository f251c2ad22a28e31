package io.patchbay.converge.nas;

import io.patchbay.binding.Binding;
import io.patchbay.binding.BindingIndex;
import io.patchbay.converge.Target;
import io.patchbay.converge.Verdict;
import io.patchbay.ledger.NasClient;
import io.patchbay.radius.coa.CoaOutcome;
import io.patchbay.radius.coa.CoaRequest;
import io.patchbay.radius.coa.CoaResult;
import io.patchbay.radius.coa.ErrorCause;
import io.patchbay.reply.ReplyProfiles;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * The live sessions of a service. A CoA counts as applied when the NAS acknowledges it; an acknowledged Disconnect is looked at
 * again until accounting has told that the session is over. A NAS that knows nothing of the session (503) has lost it: it is
 * presumed over.
 */
final class NasTarget implements Target<List<LiveSession>, List<SessionStep>, List<SessionOutcome>> {
    static final String NAME = "nas";
    private static final String ACTOR = "converge";

    private final BindingIndex index;
    private final ReplyProfiles profiles;
    private final SessionRows sessions;
    private final SessionSender sender;
    private final CoaAudit audit;
    private final CoaCounters counters;
    private final InstantSource clock;

    NasTarget(
            BindingIndex index,
            ReplyProfiles profiles,
            SessionRows sessions,
            SessionSender sender,
            CoaAudit audit,
            CoaCounters counters,
            InstantSource clock) {
        this.index = index;
        this.profiles = profiles;
        this.sessions = sessions;
        this.sender = sender;
        this.audit = audit;
        this.counters = counters;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    /** The access side comes first; it has no targets yet. */
    @Override
    public Set<String> after() {
        return Set.of();
    }

    @Override
    public Map<Long, List<LiveSession>> observe(Collection<Long> serviceIds) {
        return sessions.ofServices(serviceIds).stream().collect(Collectors.groupingBy(LiveSession::serviceId));
    }

    @Override
    public List<SessionStep> plan(long serviceId, List<LiveSession> observed) {
        if (observed == null) {
            return List.of();
        }
        Binding desired = index.byService(serviceId);
        return observed.stream().map(session -> step(session, desired)).toList();
    }

    private SessionStep step(LiveSession session, Binding desired) {
        NasClient nas = nas(session);
        SessionAction action = nas == null
                ? new SessionAction.Disconnect("The service has changed.")
                : SessionPlanner.plan(session, desired, nas, profiles.profile(nas.vendor()), clock.instant());
        return new SessionStep(session, action, desired, nas);
    }

    private NasClient nas(LiveSession session) {
        return index.directory().nas(session.nasClientId());
    }

    @Override
    public CompletableFuture<List<SessionOutcome>> apply(List<SessionStep> plan) {
        List<CompletableFuture<SessionOutcome>> all =
                plan.stream().map(sender::send).toList();
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
                .thenApply(done -> all.stream().map(CompletableFuture::join).toList());
    }

    @Override
    public Verdict verify(List<SessionOutcome> applied) {
        audit.write(applied, ACTOR);
        List<String> done = new ArrayList<>();
        List<String> unsure = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        boolean worthRetrying = true;
        for (SessionOutcome outcome : applied) {
            if (outcome.sent().isEmpty()) {
                continue;
            }
            counters.count(outcome);
            switch (settle(outcome)) {
                case Verdict.Converged converged -> done.add(converged.summary());
                case Verdict.LookAgain again -> unsure.add(again.summary());
                case Verdict.Away away -> failures.add(away.summary());
                case Verdict.Failed failed -> {
                    failures.add(failed.summary());
                    worthRetrying &= failed.worthRetrying();
                }
            }
        }
        if (!failures.isEmpty()) {
            return new Verdict.Failed(String.join(" ", failures), worthRetrying);
        }
        if (!unsure.isEmpty()) {
            return new Verdict.LookAgain(String.join(" ", unsure));
        }
        return new Verdict.Converged(
                done.isEmpty()
                        ? applied.isEmpty() ? "No session is live." : "Every session has what the service is."
                        : String.join(" ", done));
    }

    /** Disconnects a session because somebody wants it; see {@link SessionDisconnect}. */
    CompletableFuture<SessionOutcome> disconnect(LiveSession session, String why) {
        return sender.send(new SessionStep(session, new SessionAction.Disconnect(why), null, nas(session)));
    }

    void writeDown(SessionOutcome outcome, String actor) {
        audit.write(List.of(outcome), actor);
        counters.count(outcome);
        settle(outcome);
    }

    /** Writes down what one session has now. */
    private Verdict settle(SessionOutcome outcome) {
        LiveSession session = outcome.step().session();
        CoaRequest.Kind kind = outcome.last().kind();
        CoaResult result = outcome.last().result();
        String who = "Session " + session.facts().acctSessionId().display() + " on " + session.nasName();
        String what = kind == CoaRequest.Kind.CHANGE ? "CoA-Request" : "Disconnect-Request";
        return switch (result.outcome()) {
            case CoaOutcome.Ack ack -> acknowledged(outcome, who);
            case CoaOutcome.Nak nak -> {
                if (nak.errorCause() == ErrorCause.SESSION_CONTEXT_NOT_FOUND) {
                    sessions.presumeEnded(session.id());
                    yield new Verdict.Converged(who + " is unknown to the NAS and presumed over.");
                }
                yield new Verdict.Failed(who + ": the NAS refused the " + what + " (" + nak.cause() + ").", true);
            }
            case CoaOutcome.NoAnswer none ->
                new Verdict.Failed(
                        who + ": the NAS did not answer the " + what + ", sent "
                                + result.attempts().size() + " times to " + destination(result) + ".",
                        true);
            case CoaOutcome.Unsendable unsendable ->
                new Verdict.Failed(
                        who + ": " + unsendable.reason(), outcome.step().nas() != null && isTransient(outcome));
        };
    }

    /** A NAS that takes no CoA will not take one in a minute; a full queue or a missing route may be mended by then. */
    private static boolean isTransient(SessionOutcome outcome) {
        return switch (outcome.step().nas().dynamicAuthorization().transport()) {
            case OFF -> false;
            case UDP, RADSEC -> true;
        };
    }

    private Verdict acknowledged(SessionOutcome outcome, String who) {
        return switch (outcome.last().kind()) {
            case DISCONNECT ->
                new Verdict.LookAgain(who + " is disconnected, says the NAS; its accounting Stop has yet to come.");
            case CHANGE -> {
                SessionAction.Change change =
                        (SessionAction.Change) outcome.step().action();
                sessions.remember(outcome.step().session().id(), change.wantedRates(), change.shape());
                yield new Verdict.Converged(who + ": " + change.why());
            }
        };
    }

    private static String destination(CoaResult result) {
        var to = result.attempts().getLast().to();
        return to.getAddress().getHostAddress() + " port " + to.getPort();
    }
}
