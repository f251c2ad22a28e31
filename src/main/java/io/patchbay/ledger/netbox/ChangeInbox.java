package io.patchbay.ledger.netbox;

import io.patchbay.netbox.ObjectType;
import java.time.Duration;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** Objects that somebody changed in NetBox and nobody has looked at since: stored before anybody is told that it was heard. */
public final class ChangeInbox {
    /** More objects than that are not remembered one by one: the nightly sweep finds them. */
    private static final int MOST = 200_000;

    private final JdbcTemplate jdbc;

    public ChangeInbox(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** How a change was heard of. */
    public enum HeardBy {
        WEBHOOK("webhook"),
        POLL("poll"),
        SYNC("sync");

        private final String word;

        HeardBy(String word) {
            this.word = word;
        }
    }

    /**
     * An object to be looked at.
     *
     * @param claimKey as its custom field said when it was last heard of; null when it said nothing, as {@code service}
     * @param version grows with every change that is heard
     * @param attempts how often it was looked at in vain
     */
    record Hint(ObjectType type, long netBoxId, String claimKey, String service, int version, int attempts) {}

    /** @return false when it is full */
    public boolean put(ObjectType type, long netBoxId, String claimKey, String service, HeardBy heardBy) {
        return jdbc.update(
                        "insert into netbox_inbox as i (object_type, netbox_id, claim_key, service, heard_by)"
                                + " select ?::text, ?::bigint, ?::text, ?::text, ?::text where (select count(*) from (select from netbox_inbox limit ?) held) < ?"
                                + " on conflict (object_type, netbox_id) do update set version = i.version + 1,"
                                + " claim_key = coalesce(excluded.claim_key, i.claim_key),"
                                + " service = coalesce(excluded.service, i.service), due_at = now(), attempts = 0",
                        TypeWords.of(type),
                        netBoxId,
                        claimKey,
                        service,
                        heardBy.word,
                        MOST,
                        MOST)
                > 0;
    }

    List<Hint> due(int limit) {
        return jdbc.query(
                "select object_type, netbox_id, claim_key, service, version, attempts from netbox_inbox where due_at <= now()"
                        + " order by due_at limit ?",
                (row, number) -> new Hint(
                        TypeWords.type(row.getString(1)),
                        row.getLong(2),
                        row.getString(3),
                        row.getString(4),
                        row.getInt(5),
                        row.getInt(6)),
                limit);
    }

    /** Unless it was heard of again meanwhile. */
    void done(Hint hint) {
        jdbc.update(
                "delete from netbox_inbox where object_type = ? and netbox_id = ? and version = ?",
                TypeWords.of(hint.type()),
                hint.netBoxId(),
                hint.version());
    }

    void again(Hint hint, Duration wait, String reason) {
        jdbc.update(
                "update netbox_inbox set attempts = attempts + 1, due_at = now() + ? * interval '1 millisecond', reason = ?"
                        + " where object_type = ? and netbox_id = ? and version = ?",
                wait.toMillis(),
                reason,
                TypeWords.of(hint.type()),
                hint.netBoxId(),
                hint.version());
    }

    /** How many objects wait to be looked at. */
    public long waiting() {
        return jdbc.queryForObject("select count(*) from netbox_inbox", Long.class);
    }
}
