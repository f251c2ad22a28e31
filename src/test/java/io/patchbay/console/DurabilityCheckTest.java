package io.patchbay.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.database.TestDatabase;
import java.sql.Connection;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

class DurabilityCheckTest {
    @Test
    void aDatabaseThatDoesNotForceWhatItWritesIsDoubted() throws Exception {
        // The tests' own server runs without fsync.
        assertThat(doubts("select 1")).singleElement().asString().contains("fsync = off", "Set it to on.");
    }

    @Test
    void aStandbyThatNobodyWaitsForIsDoubted() throws Exception {
        assertThat(doubts("create view pg_temp.pg_stat_replication as select 'standby' application_name"))
                .anySatisfy(doubt -> assertThat(doubt).contains("synchronous_standby_names"));
    }

    /** @param given seen by the check, for it is of its session: what is temporary comes before the catalog here */
    private static Iterable<String> doubts(String given) throws Exception {
        try (Connection connection = TestDatabase.fresh().getConnection()) {
            JdbcTemplate jdbc = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
            jdbc.execute("set search_path = pg_temp, pg_catalog, public");
            jdbc.execute(given);
            return new DurabilityCheck(jdbc, null).doubts();
        }
    }
}
