package io.patchbay.session;

import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads sessions, live ones and those of the past, the newest first. */
public final class SessionReader {
    private final JdbcTemplate jdbc;

    public SessionReader(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** @param limit how many at most */
    public List<SessionView> find(SessionFilter filter, int limit) {
        SessionQuery query = SessionQuery.of(filter).newest(limit);
        return jdbc.query(SessionViews.SELECT + query.sql(), (row, number) -> SessionViews.view(row), query.values());
    }

    public Optional<SessionView> session(long id) {
        return jdbc.query(SessionViews.SELECT + " and s.id = ?", (row, number) -> SessionViews.view(row), id).stream()
                .findFirst();
    }
}
