package io.patchbay.session;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads the accounting records of a session, in the order in which they came. */
public final class RecordReader {
    private static final String OF_A_SESSION = """
            select * from accounting_record where session_id = ? and received_at >= ?
            order by received_at, kind, session_seconds offset ? limit ?""";

    private final JdbcTemplate jdbc;

    public RecordReader(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A place in the order of arrival; records have no number of their own.
     *
     * @param skip how many that came at this very moment were given already
     */
    public record Position(Instant receivedAt, int skip) {
        public static final Position FIRST = new Position(Instant.EPOCH, 0);

        /** The place behind a page that began here. */
        public Position after(List<RecordView> page) {
            Instant last = page.getLast().receivedAt();
            int same = (int)
                    page.stream().filter(one -> one.receivedAt().equals(last)).count();
            return new Position(last, last.equals(receivedAt) ? skip + same : same);
        }
    }

    /** @param limit how many at most */
    public List<RecordView> ofSession(long sessionId, Position from, int limit) {
        return jdbc.query(
                OF_A_SESSION,
                (row, number) -> view(row),
                sessionId,
                Timestamp.from(from.receivedAt()),
                from.skip(),
                limit);
    }

    static RecordView view(ResultSet row) throws SQLException {
        return new RecordView(
                row.getLong("session_id"),
                row.getString("kind"),
                SessionViews.instant(row, "received_at"),
                SessionViews.instant(row, "event_at"),
                row.getInt("delay_s"),
                SessionViews.number(row, "session_seconds"),
                SessionViews.number(row, "bytes_down"),
                SessionViews.number(row, "bytes_up"),
                SessionViews.number(row, "packets_down"),
                SessionViews.number(row, "packets_up"),
                SessionViews.number(row, "ipv6_bytes_down"),
                SessionViews.number(row, "ipv6_bytes_up"),
                SessionViews.number(row, "ipv6_packets_down"),
                SessionViews.number(row, "ipv6_packets_up"),
                row.getObject("terminate_cause", Integer.class));
    }
}
