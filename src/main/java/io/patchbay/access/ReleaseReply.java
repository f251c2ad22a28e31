package io.patchbay.access;

import io.patchbay.access.AccessCounters.Outcome;
import io.patchbay.binding.Decision;
import io.patchbay.radius.DuplicateCache;
import io.patchbay.radius.PacketCode;
import io.patchbay.radius.netty.RadiusReply;
import io.patchbay.sighting.AuthenticationAttempt;
import io.patchbay.sighting.AuthenticationLog;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;

/**
 * The step {@code release-reply}: an Access-Reject waits for the client's reject delay, so that guessing passwords is slow;
 * every reply is logged, and remembered for repeats, as it leaves. Waiting costs no thread, and there is a bound to what waits: above it
 * a reject leaves at once.
 */
final class ReleaseReply extends AsyncProcessorSupport {
    private static final int MOST_WAITING = 20_000;

    private final DuplicateCache duplicates;
    private final AccessCounters counters;
    private final AuthenticationLog attempts;
    private final ScheduledThreadPoolExecutor timer;

    ReleaseReply(DuplicateCache duplicates, AccessCounters counters, AuthenticationLog attempts) {
        this.duplicates = duplicates;
        this.counters = counters;
        this.attempts = attempts;
        this.timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("reject-delay").factory());
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        if (!(exchange.getMessage().getBody() instanceof AccessRequest request)) {
            callback.done(true); // it has ended in an earlier step
            return true;
        }
        int delayMillis = request.nas().rejectDelayMillis();
        if (request.reply()[0] != PacketCode.ACCESS_REJECT
                || delayMillis == 0
                || timer.getQueue().size() >= MOST_WAITING) {
            release(exchange, request);
            callback.done(true);
            return true;
        }
        timer.schedule(
                () -> {
                    release(exchange, request);
                    callback.done(false);
                },
                delayMillis,
                TimeUnit.MILLISECONDS);
        return false;
    }

    private void release(Exchange exchange, AccessRequest request) {
        request.stopWaiting(); // in case the route at which it waited is stopped
        counters.count(outcome(request.decision()));
        attempts.note(AuthenticationAttempt.of(System.currentTimeMillis(), request.question(), request.decision()));
        duplicates.complete(request.duplicateKey(), request.reply());
        exchange.getMessage().setBody(new RadiusReply(request.reply()));
    }

    private static Outcome outcome(Decision decision) {
        return switch (decision) {
            case Decision.Grant grant -> Outcome.ACCEPT;
            case Decision.Quarantine quarantine -> Outcome.QUARANTINE;
            case Decision.Reject reject -> Outcome.REJECT;
            case Decision.Unknown silent -> Outcome.SILENT;
        };
    }

    @Override
    protected void doShutdown() {
        timer.shutdownNow();
    }
}
