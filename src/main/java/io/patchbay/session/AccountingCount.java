package io.patchbay.session;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * How many accounting records were stored since the beginning: Starts, Interims, Stops, Ons and Offs. What came again is not
 * counted again; what retention has dropped since stays counted.
 */
public final class AccountingCount {
    private final JdbcTemplate jdbc;

    AccountingCount(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** @throws org.springframework.dao.DataAccessException when the database is away */
    public long count() {
        return jdbc.queryForObject("select coalesce(sum(records), 0) from accounting_count", Long.class);
    }
}
