package io.patchbay.session;

import io.patchbay.ledger.AddressQuestion;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * That a session held an address, and what speaks against it.
 *
 * @param until by a record that no longer named it, or the session's end; null when neither is known
 * @param wentWithin whether it went while the session lasted, so that the session's end says nothing of it
 * @param ports null when every port was the subscriber's
 */
record SessionClaim(
        String nas,
        boolean startSeen,
        Instant startedAt,
        Instant nasStartedAt,
        Instant lastHeardAt,
        Instant endedAt,
        String endCause,
        boolean presumed,
        Instant from,
        Instant until,
        boolean wentWithin,
        String ports) {
    /** What NASes delay, and clocks differ: nearer than this to a change-over it may have been either. */
    static final Duration CHANGE_OVER = Duration.ofSeconds(60);

    private static final Duration TOLERATED_CLOCK = Duration.ofSeconds(5);

    /** A sentence for each reason; none when Start and end were told, or it was heard of later, and the time lies well inside. */
    List<String> doubts(AddressQuestion question) {
        List<String> doubts = new ArrayList<>();
        edges(question, doubts);
        end(question, doubts);
        if (!startSeen) {
            doubts.add("The Start was not seen: that the session began at " + startedAt
                    + " follows from the session time that a later record told.");
        }
        clock(doubts);
        if (ports != null && question.port() == null) {
            doubts.add(
                    "Several share this public address; this one had the ports " + ports + " only. Ask with the port.");
        }
        return List.copyOf(doubts);
    }

    private void edges(AddressQuestion question, List<String> doubts) {
        if (from.isAfter(question.to())) {
            doubts.add("It came " + seconds(question.to(), from) + " s after the time asked for.");
        } else if (question.isMoment() && isNear(from, question.from())) {
            doubts.add("It came " + seconds(from, question.from()) + " s before: within " + CHANGE_OVER.toSeconds()
                    + " s of a change-over it may have been another.");
        }
        if (until == null || isPresumedEnd()) {
            return;
        }
        if (until.isBefore(question.from())) {
            doubts.add("It had gone " + seconds(until, question.from()) + " s before the time asked for.");
        } else if (question.isMoment() && isNear(question.from(), until)) {
            doubts.add("It went " + seconds(question.from(), until) + " s later: within " + CHANGE_OVER.toSeconds()
                    + " s of a change-over it may have been another.");
        }
    }

    private void end(AddressQuestion question, List<String> doubts) {
        if (!question.to().isAfter(lastHeardAt) || wentWithin) {
            return;
        }
        if (isPresumedEnd()) {
            doubts.add("Its end at " + endedAt + " is presumed" + cause() + "; it was last heard of at " + lastHeardAt
                    + ", and what was after that is not known.");
        } else if (endedAt == null) {
            doubts.add("It was last heard of at " + lastHeardAt + "; nothing has told its end.");
        }
    }

    private String cause() {
        return switch (endCause == null ? "" : endCause) {
            case TerminateCause.SILENT -> ", since it has been silent";
            case TerminateCause.NAS_RESTART -> ", since its NAS restarted";
            case TerminateCause.REPLACED -> ", since another session took its place";
            case TerminateCause.UNKNOWN_TO_NAS -> ", since its NAS did not know it any more";
            default -> "";
        };
    }

    private void clock(List<String> doubts) {
        if (nasStartedAt == null) {
            return;
        }
        Duration ahead = Duration.between(startedAt, nasStartedAt);
        if (ahead.abs().compareTo(TOLERATED_CLOCK) > 0) {
            doubts.add("The clock of NAS " + nas + " was " + ahead.abs().toSeconds() + " s "
                    + (ahead.isNegative() ? "behind" : "ahead of")
                    + " the hub's when the session began; the times here are the hub's.");
        }
    }

    private boolean isPresumedEnd() {
        return presumed && !wentWithin;
    }

    private static boolean isNear(Instant earlier, Instant later) {
        return !earlier.isAfter(later) && Duration.between(earlier, later).compareTo(CHANGE_OVER) < 0;
    }

    private static long seconds(Instant earlier, Instant later) {
        return Duration.between(earlier, later).toSeconds();
    }
}
