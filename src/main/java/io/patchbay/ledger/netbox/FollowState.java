package io.patchbay.ledger.netbox;

import java.sql.Timestamp;
import java.time.Instant;
import org.springframework.jdbc.core.JdbcTemplate;

/** How far NetBox's own changes have been followed. */
public final class FollowState {
    private final JdbcTemplate jdbc;

    public FollowState(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param cursor the object-change up to which everything was heard of; null before the first poll, as {@code polledAt}
     * @param toLookAt objects that changed and were not looked at yet
     * @param oldest since when the first of them waits; null when none does
     * @param sweptAt when all was compared the last time; null when never
     */
    public record Snapshot(Long cursor, Instant polledAt, long toLookAt, Instant oldest, Instant sweptAt) {}

    public Snapshot read() {
        return jdbc.queryForObject(
                "select cursor, polled_at, swept_at, (select count(*) from netbox_inbox), (select min(heard_at) from netbox_inbox)"
                        + " from netbox_state",
                (row, number) -> new Snapshot(
                        row.getObject(1, Long.class),
                        instant(row.getTimestamp(2)),
                        row.getLong(4),
                        instant(row.getTimestamp(5)),
                        instant(row.getTimestamp(3))));
    }

    private static Instant instant(Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }
}
