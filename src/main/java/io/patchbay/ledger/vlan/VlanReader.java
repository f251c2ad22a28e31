package io.patchbay.ledger.vlan;

import io.patchbay.database.RowStream;
import io.patchbay.ledger.LedgerInvalid;
import io.patchbay.ledger.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.springframework.jdbc.core.JdbcTemplate;

/** Who has which VLANs, and who had. */
public final class VlanReader {
    private static final int LARGEST_PAGE = 1_000;

    private final JdbcTemplate jdbc;
    private final RowStream stream;

    public VlanReader(JdbcTemplate jdbc, RowStream stream) {
        this.jdbc = jdbc;
        this.stream = stream;
    }

    /** Takes one row after the other; what it throws ends the reading. */
    public interface Rows<T> {
        void add(T row) throws IOException;
    }

    /**
     * In the order of the services.
     *
     * @param after the {@link Page#next} of the page before, 0 for the first
     * @param limit 1 to 1000
     */
    public Page<VlanHolder> holders(VlanFilter filter, long after, int limit) {
        requireLimit(limit);
        VlanFilter.Condition condition = filter.condition();
        List<Object> values = new ArrayList<>(condition.values());
        values.add(after);
        values.add(limit);
        return page(
                jdbc.query(
                        VlanHolder.SELECT + condition.sql() + " and v.service_id > ? order by v.service_id limit ?",
                        (row, number) -> VlanHolder.of(row),
                        values.toArray()),
                limit,
                VlanHolder::serviceId);
    }

    /** All of them, in no particular order. @throws UncheckedIOException what {@code rows} threw */
    public void export(VlanFilter filter, Rows<VlanHolder> rows) {
        VlanFilter.Condition condition = filter.condition();
        stream.read(VlanHolder.SELECT + condition.sql(), condition.values().toArray(), row -> {
            try {
                rows.add(VlanHolder.of(row));
            } catch (IOException gone) {
                throw new UncheckedIOException(gone);
            }
        });
    }

    /**
     * Who had them and has them no more, the last first.
     *
     * @param at only who had them then; null for whenever
     * @param before the {@link Page#next} of the page before, {@link Long#MAX_VALUE} for the first
     * @param limit 1 to 1000
     */
    public Page<FormerVlanHolder> former(VlanFilter filter, Instant at, long before, int limit) {
        requireLimit(limit);
        VlanFilter.Condition condition = filter.condition();
        List<Object> values = new ArrayList<>(condition.values());
        String then = "";
        if (at != null) {
            then = " and v.assigned_at <= ? and v.released_at > ?";
            values.add(Timestamp.from(at));
            values.add(Timestamp.from(at));
        }
        values.add(before);
        values.add(limit);
        return page(
                jdbc.query(
                        FormerVlanHolder.SELECT + condition.sql() + then + " and v.id < ? order by v.id desc limit ?",
                        (row, number) -> FormerVlanHolder.of(row),
                        values.toArray()),
                limit,
                FormerVlanHolder::id);
    }

    private static <T> Page<T> page(List<T> found, int limit, ToLongFunction<T> position) {
        return new Page<>(found, found.size() < limit ? null : Long.valueOf(position.applyAsLong(found.getLast())));
    }

    private static void requireLimit(int limit) {
        if (limit < 1 || limit > LARGEST_PAGE) {
            throw new LedgerInvalid("limit: " + limit + " is not a number from 1 to " + LARGEST_PAGE);
        }
    }
}
