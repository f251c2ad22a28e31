package io.patchbay.session;

import io.patchbay.ledger.AddressHolder;
import io.patchbay.ledger.AddressHolderSource;
import io.patchbay.ledger.AddressQuestion;
import io.patchbay.wire.Octets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** Who held an address by what the NASes told of their sessions. */
final class SessionAddresses implements AddressHolderSource {
    private static final String SOURCE = "accounting";
    private static final int MOST = 1_000;
    private static final int LAST_PORT = 65535;

    /** A session that fell silent may have gone on: for a day it is named, with its doubt. */
    private static final String CLAIMS = """
            select s.*, sv.subscriber_id, a.kind, text(a.prefix) as held, a.port_from, a.port_to, a.from_at,
                coalesce(a.until_at, s.ended_at) as held_until, a.until_at is not null as went_within
            from session_address a
            join session s on s.id = a.session_id and s.archived_on = a.archived_on
            left join service sv on sv.id = s.service_id
            where %s and (?::integer is null or ?::integer between a.port_from and a.port_to)
                and a.from_at <= ? and coalesce(a.until_at,
                    case when s.presumed and s.end_cause = 'silent' then s.ended_at + interval '1 day' else s.ended_at end,
                    'infinity') >= ?
            order by a.from_at desc limit ?""".formatted(PrefixMatch.CONDITION);

    private final JdbcTemplate jdbc;
    private final Duration keep;
    private final InstantSource clock;

    /** @param keep how long a session is kept after its end */
    SessionAddresses(JdbcTemplate jdbc, Duration keep, InstantSource clock) {
        this.jdbc = jdbc;
        this.keep = keep;
        this.clock = clock;
    }

    @Override
    public List<AddressHolder> holders(AddressQuestion question) {
        List<Object> parameters = new ArrayList<>(PrefixMatch.parameters(question.prefix()));
        parameters.add(question.port());
        parameters.add(question.port());
        parameters.add(Timestamp.from(question.to().plus(SessionClaim.CHANGE_OVER)));
        parameters.add(Timestamp.from(question.from().minus(SessionClaim.CHANGE_OVER)));
        parameters.add(MOST);
        return jdbc.query(CLAIMS, (row, number) -> holder(row, question), parameters.toArray());
    }

    @Override
    public Reach reach(AddressQuestion question) {
        Timestamp first = jdbc.queryForObject("select min(started_at) from session", Timestamp.class);
        if (first == null) {
            return new Reach(SOURCE, null, false, "No NAS has told of a session yet.");
        }
        Instant kept = clock.instant().minus(keep);
        Instant since = first.toInstant().isAfter(kept) ? first.toInstant() : kept;
        return new Reach(
                SOURCE,
                since,
                !question.from().isBefore(since),
                "Accounting knows of sessions since " + since + "; they are kept for " + keep.toDays()
                        + " days after their end, and only NASes that send accounting tell of them.");
    }

    private static AddressHolder holder(ResultSet row, AddressQuestion question) throws SQLException {
        int portFrom = row.getInt("port_from");
        int portTo = row.getInt("port_to");
        boolean allPorts = portFrom == 0 && portTo == LAST_PORT;
        Octets circuitId = SessionViews.octets(row, "circuit_id");
        Octets mac = SessionViews.octets(row, "mac");
        SessionClaim claim = claim(row, allPorts ? null : portFrom + " to " + portTo);
        return new AddressHolder(
                SOURCE,
                SessionViews.number(row, "service_id"),
                SessionViews.number(row, "subscriber_id"),
                SessionViews.number(row, "line_id"),
                row.getString("user_name"),
                SessionViews.display(circuitId),
                mac == null ? null : mac.hex(),
                claim.nas(),
                row.getLong("id"),
                row.getString("kind"),
                row.getString("held"),
                allPorts ? null : portFrom,
                allPorts ? null : portTo,
                claim.from(),
                claim.until(),
                claim.doubts(question));
    }

    private static SessionClaim claim(ResultSet row, String ports) throws SQLException {
        return new SessionClaim(
                row.getString("nas_name"),
                row.getBoolean("start_seen"),
                SessionViews.instant(row, "started_at"),
                SessionViews.instant(row, "nas_started_at"),
                SessionViews.instant(row, "last_heard_at"),
                SessionViews.instant(row, "ended_at"),
                row.getString("end_cause"),
                row.getBoolean("presumed"),
                SessionViews.instant(row, "from_at"),
                SessionViews.instant(row, "held_until"),
                row.getBoolean("went_within"),
                ports);
    }
}
