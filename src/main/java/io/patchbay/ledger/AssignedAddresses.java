package io.patchbay.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Who held an address by assignment: what is assigned now, and what was. An assignment is no use, so that nothing here is
 * certain.
 */
public final class AssignedAddresses implements AddressHolderSource {
    private static final String SOURCE = "ledger";

    private static final String NOW = """
            select p.service_id, s.subscriber_id, s.line_id, c.user_name, p.kind, text(p.prefix) as prefix,
                p.assigned_at as since, null::timestamptz as until
            from service_prefix p join service s on s.id = p.service_id left join credential c on c.service_id = s.id
            where p.prefix && ?::inet order by p.prefix, p.service_id limit 1000""";

    private static final String BEFORE = """
            select h.service_id, h.subscriber_id, null::bigint as line_id, h.holder as user_name, h.kind,
                text(h.prefix) as prefix, h.assigned_at as since, h.released_at as until
            from address_history h
            where (h.prefix = any (containing(network(?::inet), 0))
                   or h.prefix between network(?::inet) and address_last(network(?::inet)))
                and h.released_at >= ?
            order by h.released_at desc limit 1000""";

    /** Of services that were removed before there was a history. */
    private static final String REMOVED = """
            select e.service_id, null::bigint as subscriber_id, null::bigint as line_id, e.detail ->> 'holder' as user_name,
                'assigned' as kind, p.prefix,
                (select max(c.at) from event c where c.service_id = e.service_id and c.type = 'service-created') as since,
                e.at as until
            from event e cross join lateral jsonb_array_elements_text(e.detail -> 'prefixes') as p (prefix)
            where e.type = 'service-removed' and e.at >= ? and p.prefix::inet && ?::inet
                and not exists (select from address_history h where h.service_id = e.service_id)
            order by e.at desc limit 1000""";

    private final JdbcTemplate jdbc;

    public AssignedAddresses(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<AddressHolder> holders(AddressQuestion question) {
        String prefix = question.prefix().toString();
        List<AddressHolder> holders = new ArrayList<>(jdbc.query(NOW, (row, number) -> holder(row, question), prefix));
        holders.addAll(jdbc.query(
                BEFORE,
                (row, number) -> holder(row, question),
                prefix,
                prefix,
                prefix,
                Timestamp.from(question.from())));
        holders.addAll(
                jdbc.query(REMOVED, (row, number) -> holder(row, question), Timestamp.from(question.from()), prefix));
        holders.removeIf(holder -> holder.from() != null && holder.from().isAfter(question.to()));
        return holders;
    }

    @Override
    public Reach reach(AddressQuestion question) {
        Timestamp first = jdbc.queryForObject("select (select at from event order by seq limit 1)", Timestamp.class);
        return new Reach(
                SOURCE,
                first == null ? null : first.toInstant(),
                first != null && !question.from().isBefore(first.toInstant()),
                "The ledger knows who is and who was assigned what, since when and until when.");
    }

    private static AddressHolder holder(ResultSet row, AddressQuestion question) throws SQLException {
        Instant since = instant(row, "since");
        Instant until = instant(row, "until");
        List<String> doubts = new ArrayList<>();
        doubts.add("It was assigned, which does not tell whether it was in use.");
        if (since == null) {
            doubts.add("Since when it was assigned is not recorded.");
        } else if (question.from().isBefore(since)) {
            doubts.add("It was assigned at " + since + ", within the time asked for.");
        }
        if (until != null && question.to().isAfter(until)) {
            doubts.add("It was released at " + until + ", within the time asked for.");
        }
        return new AddressHolder(
                SOURCE,
                row.getObject("service_id", Long.class),
                row.getObject("subscriber_id", Long.class),
                row.getObject("line_id", Long.class),
                row.getString("user_name"),
                null,
                null,
                null,
                null,
                row.getString("kind"),
                row.getString("prefix"),
                null,
                null,
                since,
                until,
                List.copyOf(doubts));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp timestamp = row.getTimestamp(column);
        return timestamp == null ? null : timestamp.toInstant();
    }
}
