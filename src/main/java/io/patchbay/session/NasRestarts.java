package io.patchbay.session;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * Accounting-On and -Off (RFC 2866 section 5.1): the NAS has none of the sessions that were heard of before. One transaction
 * notes it and presumes them ended, so many at once as the NAS has patience for; the others are left to the sweep {@code
 * close-stale-sessions}, which goes by the note. On sent again is noted already, and nothing is left to do.
 */
final class NasRestarts {
    /**
     * Of a million live sessions these take half a second, and the index that finds them, of which the NAS is the second
     * column, is read in 0.3 s. All of 50,000 took 3 s, after which the connection gives up: the On would never be stored.
     */
    private static final int MOST_AT_ONCE = 10_000;

    /** What is sent again has the same Event-Timestamp; without one, Acct-Delay-Time leaves a few seconds of doubt. */
    private static final String NOTE = """
            insert into nas_restart (nas_client_id, nas_identity, at, kind, received_at, event_at)
            select n.* from (select ?::bigint, ?::text, ?::timestamptz as at, ?::text as kind, ?::timestamptz,
                ?::timestamptz as event_at) as n (nas_client_id, nas_identity, at, kind, received_at, event_at)
            where not exists (select from nas_restart r
                where r.nas_client_id = n.nas_client_id and r.nas_identity = n.nas_identity and r.kind = n.kind
                    and (r.event_at = n.event_at and abs(extract(epoch from r.at - n.at)) < 3600
                        or abs(extract(epoch from r.at - n.at)) <= 5))
            on conflict do nothing""";

    /** What a writer holds just now is being heard of, and is left to the sweep. */
    private static final String CLOSE = """
            with lost as materialized (
                select ctid as place from session_live
                where nas_client_id = ? and nas_identity = ? and ended_at is null and last_heard_at < ?
                limit %d
                for no key update skip locked)
            update session_live s set ended_at = ?, end_cause = 'nas-restart', presumed = true
            from lost where s.ctid = lost.place""".formatted(MOST_AT_ONCE);

    private NasRestarts() {}

    /** @return whether it was not told before */
    static boolean store(Connection connection, AccountingRecord record) throws SQLException {
        NasIdentity nas = NasIdentity.of(record);
        if (!note(connection, nas, record)) {
            return false;
        }
        try (PreparedStatement close = connection.prepareStatement(CLOSE)) {
            new Parameters(close)
                    .next(nas.nasClientId())
                    .next(nas.name())
                    .next(Storable.time(record.happenedAt()))
                    .next(Storable.time(record.happenedAt()));
            close.executeUpdate();
        }
        return true;
    }

    private static boolean note(Connection connection, NasIdentity nas, AccountingRecord record) throws SQLException {
        // Two nodes that hear the same one take turns: the second finds it noted.
        try (PreparedStatement turn =
                connection.prepareStatement("select pg_advisory_xact_lock(hashtext('nas_restart'), ?)")) {
            turn.setInt(1, Long.hashCode(nas.nasClientId()));
            turn.executeQuery().close();
        }
        try (PreparedStatement insert = connection.prepareStatement(NOTE)) {
            new Parameters(insert)
                    .next(nas.nasClientId())
                    .next(nas.name())
                    .next(Storable.time(record.happenedAt()))
                    .next(record.kind() == AccountingRecord.Kind.ON ? "on" : "off")
                    .next(Storable.time(record.receivedAt()))
                    .next(Storable.time(record.eventTimestamp()));
            return insert.executeUpdate() == 1;
        }
    }
}
