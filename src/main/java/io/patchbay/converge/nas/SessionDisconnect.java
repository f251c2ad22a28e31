package io.patchbay.converge.nas;

import io.patchbay.converge.ConvergenceWorker;
import io.patchbay.event.Actor;
import io.patchbay.ledger.LedgerNotFound;
import io.patchbay.radius.coa.CoaResult;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What an operator may ask for at once: to end a session, and to try again what has failed. */
public final class SessionDisconnect {
    private final SessionRows sessions;
    private final NasTarget target;
    private final ConvergenceWorker<List<LiveSession>, List<SessionStep>, List<SessionOutcome>> worker;

    SessionDisconnect(
            SessionRows sessions,
            NasTarget target,
            ConvergenceWorker<List<LiveSession>, List<SessionStep>, List<SessionOutcome>> worker) {
        this.sessions = sessions;
        this.target = target;
        this.worker = worker;
    }

    /**
     * Sends a Disconnect-Request to the session's NAS. Each attempt is in the audit a moment after the answer.
     *
     * @return what the NAS says, within as long as its repeats take; never fails, and is completed on the sender's thread
     * @throws LedgerNotFound when no such session is live
     * @throws org.springframework.dao.DataAccessException when the database is away
     */
    public CompletableFuture<CoaResult> disconnectNow(long sessionId, Actor actor) {
        LiveSession session = sessions.byId(sessionId);
        if (session == null) {
            throw new LedgerNotFound("There is no live session " + sessionId + ".");
        }
        return target.disconnect(
                        session,
                        "Asked for by " + actor.name() + (actor.reason() == null ? "." : ": " + actor.reason()))
                .thenApply(outcome -> {
                    worker.later(() -> target.writeDown(outcome, actor.name()));
                    return outcome.last().result();
                });
    }

    /** Tries at once what is waiting or has failed at this service's NAS. @throws LedgerNotFound when there is nothing */
    public void retry(long serviceId) {
        if (!worker.retry(serviceId)) {
            throw new LedgerNotFound(
                    "Nothing of service " + serviceId + " is waiting for its NAS or has failed there.");
        }
    }
}
