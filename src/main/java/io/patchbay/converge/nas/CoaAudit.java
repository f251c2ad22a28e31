package io.patchbay.converge.nas;

import io.patchbay.ledger.Words;
import io.patchbay.radius.coa.Attempt;
import io.patchbay.radius.coa.CoaOutcome;
import io.patchbay.radius.coa.ErrorCause;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** Writes one row for each datagram that was sent, the answer in the last one's, and one for what could not be sent. */
final class CoaAudit {
    private static final String INSERT = """
            insert into coa_attempt (session_id, service_id, nas_client_id, nas_name, acct_session_id, kind, actor, cause,
                attempt, sent_at, destination, outcome, error_cause, reason, round_trip_us)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    private final JdbcTemplate jdbc;

    CoaAudit(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    void write(Collection<SessionOutcome> outcomes, String actor) {
        List<Object[]> rows = new ArrayList<>();
        for (SessionOutcome outcome : outcomes) {
            outcome.sent().forEach(sent -> addRows(rows, outcome.step(), sent, actor));
        }
        if (!rows.isEmpty()) {
            jdbc.batchUpdate(INSERT, rows);
        }
    }

    private static void addRows(List<Object[]> rows, SessionStep step, SessionOutcome.Sent sent, String actor) {
        List<Attempt> attempts = sent.result().attempts();
        for (Attempt attempt : attempts) {
            boolean last = attempt == attempts.getLast();
            CoaOutcome outcome = last ? sent.result().outcome() : new CoaOutcome.NoAnswer();
            rows.add(row(step, sent, actor, attempt, outcome));
        }
        if (attempts.isEmpty()) {
            rows.add(row(
                    step,
                    sent,
                    actor,
                    new Attempt(0, Instant.now(), null, null),
                    sent.result().outcome()));
        }
    }

    private static Object[] row(
            SessionStep step, SessionOutcome.Sent sent, String actor, Attempt attempt, CoaOutcome outcome) {
        LiveSession session = step.session();
        Integer errorCause = outcome instanceof CoaOutcome.Nak nak && nak.errorCause() != ErrorCause.UNSAID
                ? nak.errorCause()
                : null;
        return new Object[] {
            session.id(),
            session.serviceId() == 0 ? null : session.serviceId(),
            session.nasClientId(),
            session.nasName(),
            session.facts().acctSessionId().toByteArray(),
            Words.of(sent.kind()),
            actor,
            step.action().why(),
            attempt.number(),
            Timestamp.from(attempt.sentAt()),
            attempt.to() == null
                    ? null
                    : attempt.to().getAddress().getHostAddress() + " "
                            + attempt.to().getPort(),
            word(outcome),
            errorCause,
            outcome instanceof CoaOutcome.Unsendable unsendable ? unsendable.reason() : null,
            attempt.roundTrip() == null ? null : attempt.roundTrip().toNanos() / 1000
        };
    }

    static String word(CoaOutcome outcome) {
        return switch (outcome) {
            case CoaOutcome.Ack ack -> "ack";
            case CoaOutcome.Nak nak -> "nak";
            case CoaOutcome.NoAnswer none -> "no-answer";
            case CoaOutcome.Unsendable unsendable -> "unsendable";
        };
    }
}
