package io.patchbay.api.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.patchbay.api.ApiRequest;
import io.patchbay.api.ApiResponse;
import io.patchbay.api.Problem;
import io.patchbay.api.ProblemException;
import io.patchbay.converge.ConvergenceReader;
import io.patchbay.converge.ConvergenceState;
import io.patchbay.converge.nas.CoaAttemptView;
import io.patchbay.converge.nas.CoaAuditReader;
import io.patchbay.converge.nas.SessionDisconnect;
import io.patchbay.event.Actor;
import io.patchbay.radius.coa.CoaOutcome;
import io.patchbay.radius.coa.CoaResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What is done to live sessions at their NAS: ended by hand, changed with the ledger, and written down. */
final class NasChangeOperations {
    /** Longer than any NAS is asked again. */
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final SessionDisconnect disconnects;
    private final ConvergenceReader convergence;
    private final CoaAuditReader audit;

    NasChangeOperations(SessionDisconnect disconnects, ConvergenceReader convergence, CoaAuditReader audit) {
        this.disconnects = disconnects;
        this.convergence = convergence;
        this.audit = audit;
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record State(
            String target,
            String state,
            long desiredVersion,
            long appliedVersion,
            int attempts,
            Instant dueAt,
            String reason,
            Instant changedAt) {
        static State of(ConvergenceState state) {
            boolean open = state.state().equals("pending") || state.state().equals("waiting");
            return new State(
                    state.target(),
                    state.state(),
                    state.desiredVersion(),
                    state.appliedVersion(),
                    state.attempts(),
                    open ? state.dueAt() : null,
                    state.reason(),
                    state.changedAt());
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Sent(
            long id,
            long sessionId,
            Long serviceId,
            String nas,
            String acctSessionId,
            String kind,
            String actor,
            String cause,
            int attempt,
            Instant sentAt,
            String destination,
            String outcome,
            String errorCause,
            String reason,
            Long roundTripMicros) {
        static Sent of(CoaAttemptView attempt) {
            return new Sent(
                    attempt.id(),
                    attempt.sessionId(),
                    attempt.serviceId() == 0 ? null : attempt.serviceId(),
                    attempt.nasName(),
                    attempt.acctSessionId().display(),
                    attempt.kind(),
                    attempt.actor(),
                    attempt.cause(),
                    attempt.attempt(),
                    attempt.sentAt(),
                    attempt.destination(),
                    attempt.outcome(),
                    attempt.errorCause(),
                    attempt.reason(),
                    attempt.roundTripMicros());
        }
    }

    /** Waits for what the NAS says: an end that it did not confirm is none. */
    ApiResponse disconnect(ApiRequest request) throws InterruptedException {
        long session = request.pathId("id");
        CoaResult result = await(session, request.actor());
        return switch (result.outcome()) {
            case CoaOutcome.Ack ack ->
                ApiResponse.ok(
                        Map.of("outcome", "ack", "attempts", result.attempts().size()));
            case CoaOutcome.Nak nak -> throw ProblemException.conflict("The NAS refuses: " + nak.cause() + ".");
            case CoaOutcome.NoAnswer silence ->
                throw new ProblemException(Problem.of(
                        504, "The NAS did not answer; " + result.attempts().size() + " requests were sent."));
            case CoaOutcome.Unsendable unsendable -> throw ProblemException.conflict(unsendable.reason());
        };
    }

    private CoaResult await(long session, Actor actor) throws InterruptedException {
        try {
            return disconnects.disconnectNow(session, actor).get(LONGEST.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            throw new IllegalStateException("Session " + session + " could not be ended", failed.getCause());
        } catch (TimeoutException late) {
            throw new ProblemException(
                    Problem.of(504, "The NAS has not answered within " + LONGEST.toMinutes() + " minutes."));
        }
    }

    ApiResponse convergence(ApiRequest request) {
        List<State> states = convergence.ofService(request.pathId("id")).stream()
                .map(State::of)
                .toList();
        return ApiResponse.ok(Map.of("items", states));
    }

    ApiResponse retry(ApiRequest request) {
        disconnects.retry(request.pathId("id"));
        return ApiResponse.noContent();
    }

    ApiResponse attempts(ApiRequest request) {
        CoaAuditReader.Filter filter = new CoaAuditReader.Filter(
                request.number("sessionId"), request.number("serviceId"), request.number("nasClientId"));
        long before = Cursors.position(request, Long.MAX_VALUE, Long::parseLong);
        List<CoaAttemptView> found = audit.read(filter, before, request.limit());
        Long next = found.size() < request.limit()
                ? null
                : Long.valueOf(found.getLast().id());
        return ApiResponse.ok(Cursors.page(found.stream().map(Sent::of).toList(), next));
    }
}
