package io.patchbay.converge;

import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;

/** How far services have come, for the API. */
public final class ConvergenceReader {
    private static final RowMapper<ConvergenceState> ROW = (row, number) -> new ConvergenceState(
            row.getLong("service_id"),
            row.getString("target"),
            row.getLong("desired_version"),
            row.getLong("applied_version"),
            row.getString("state"),
            row.getInt("attempts"),
            row.getTimestamp("due_at").toInstant(),
            row.getString("reason"),
            row.getTimestamp("changed_at").toInstant());

    private final JdbcTemplate jdbc;

    public ConvergenceReader(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** One for each target to which this service has had something to bring; none for a service that never changed. */
    public List<ConvergenceState> ofService(long serviceId) {
        return jdbc.query("select * from convergence where service_id = ? order by target", ROW, serviceId);
    }

    /**
     * Those in this state, by service.
     *
     * @param state pending, waiting, failed or done
     * @param afterService the last service of the page before; 0 for the first page
     */
    public List<ConvergenceState> inState(String target, String state, long afterService, int limit) {
        return jdbc.query(
                "select * from convergence where target = ? and state = ? and service_id > ? order by service_id limit ?",
                ROW,
                target,
                state,
                afterService,
                limit);
    }
}
