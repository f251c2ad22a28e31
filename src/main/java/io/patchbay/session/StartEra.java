package io.patchbay.session;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * To which of the sessions with one key a record belongs. A NAS that restarted counts its Acct-Session-Ids from the beginning;
 * when the session began tells one from the other. Two clocks say when: ours, which suffers from what the network and the NAS
 * delay, and the NAS's, which may be hours off and may jump, but agrees with itself within seconds. One of them agreeing is
 * enough.
 */
final class StartEra {
    /** Records of one session, by the NAS's clock. */
    private static final Duration NAS_CLOCK = Duration.ofSeconds(2);
    /** A Start that came twice, by our clock. */
    private static final Duration OUR_CLOCK = Duration.ofSeconds(60);
    /** An Acct-Session-Time that is not what our clock says: NASes begin to count late, or from the log-in. */
    private static final Duration SESSION_TIME = Duration.ofMinutes(5);

    private StartEra() {}

    /**
     * @param eras the known sessions of the record's key, oldest first
     * @return null when it tells of another session than these
     */
    static Session find(List<Session> eras, AccountingRecord record) {
        if (eras.isEmpty()) {
            return null;
        }
        Session byNasClock = byNasClock(eras, record);
        if (byNasClock != null) {
            return byNasClock;
        }
        return record.kind() == AccountingRecord.Kind.START ? started(eras, record) : going(eras, record);
    }

    /** When the record's session began, by the NAS's clock; null when it does not tell the time. */
    static Instant byNasClock(AccountingRecord record) {
        Instant event = record.eventTimestamp();
        return event == null
                ? null
                : Storable.time(record.sessionTime() == null ? event : event.minus(record.sessionTime()));
    }

    private static Session byNasClock(List<Session> eras, AccountingRecord record) {
        boolean tellsStart = record.kind() == AccountingRecord.Kind.START || record.sessionTime() != null;
        Instant start = tellsStart ? byNasClock(record) : null;
        if (start != null) {
            for (Session era : eras.reversed()) {
                if (era.nasStartedAt != null && within(NAS_CLOCK, era.nasStartedAt, start)) {
                    return era;
                }
            }
        }
        return null;
    }

    /** A Start that comes after the Stop is another session's, however soon. */
    private static Session started(List<Session> eras, AccountingRecord record) {
        Instant start = record.startedAt();
        for (Session era : eras.reversed()) {
            boolean over = era.isFinal() && start.isAfter(era.endedAt.plus(NAS_CLOCK));
            if (!over && within(OUR_CLOCK, era.startedAt, start)) {
                return era;
            }
        }
        return null;
    }

    private static Session going(List<Session> eras, AccountingRecord record) {
        Session newest = eras.getLast();
        if (record.sessionTime() == null) {
            return newest;
        }
        Instant start = record.startedAt();
        // A clock that drifts makes a long session begin later and later; but what began before the known session was
        // last
        // heard is that session: a NAS uses an id once at a time.
        if (start.isAfter(newest.startedAt.plus(SESSION_TIME))
                && start.isAfter(newest.lastHeardAt.minus(SESSION_TIME))) {
            return null;
        }
        if (start.isBefore(newest.startedAt.minus(SESSION_TIME))) {
            for (Session era : eras.reversed()) {
                if (within(SESSION_TIME, era.startedAt, start)) {
                    return era;
                }
            }
        }
        return newest;
    }

    private static boolean within(Duration tolerance, Instant one, Instant other) {
        return Duration.between(one, other).abs().compareTo(tolerance) <= 0;
    }
}
