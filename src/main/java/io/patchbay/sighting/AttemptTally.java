package io.patchbay.sighting;

import io.patchbay.binding.DenialReason;
import io.patchbay.line.ReportedLine;
import java.time.Instant;

/** The last of equal attempts, and how often it was made since the last flush. Used by the writer's thread only. */
final class AttemptTally {
    /** What makes two attempts equal: whose they are (service, else user, else line), at which NAS, with what result. */
    record Identity(
            long nasClientId,
            long serviceId,
            String userName,
            ReportedLine line,
            AuthenticationAttempt.Outcome outcome,
            DenialReason reason) {
        static Identity of(AuthenticationAttempt attempt) {
            boolean known = attempt.serviceId() != 0;
            return new Identity(
                    attempt.nasClientId(),
                    attempt.serviceId(),
                    known ? null : attempt.userName(),
                    known || attempt.userName() != null ? null : attempt.line(),
                    attempt.outcome(),
                    attempt.reason());
        }
    }

    private final long firstMillis;
    private AuthenticationAttempt last;
    private long times;

    AttemptTally(AuthenticationAttempt first) {
        firstMillis = first.atMillis();
        last = first;
    }

    void add(AuthenticationAttempt attempt) {
        last = attempt;
        times++;
    }

    Instant firstAt() {
        return Instant.ofEpochMilli(Math.min(firstMillis, last.atMillis()));
    }

    Instant lastAt() {
        return Instant.ofEpochMilli(last.atMillis());
    }

    AuthenticationAttempt last() {
        return last;
    }

    long times() {
        return times;
    }
}
