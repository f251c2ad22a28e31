package io.patchbay.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.database.DatabaseAddress;
import io.patchbay.database.TestDatabase;
import java.sql.Connection;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** An export holds some rows in memory, however many there are. */
@Tag("long")
class SessionExportTest {
    private static final int ROWS = 200_000;
    private static final long MEGABYTE = 1 << 20;

    @Test
    void memoryDoesNotGrowWithTheRows() throws Exception {
        DataSource database = TestDatabase.fresh();
        new JdbcTemplate(database).update("""
                insert into session (id, nas_client_id, nas_name, nas_identity, nas_address, acct_session_id, user_name, started_at,
                    start_seen, last_heard_at)
                select n, 1, 'bng', 'bng', '192.0.2.1', n::text::bytea, repeat('x', 500), now(), true, now()
                from generate_series(1, ?) n""", ROWS);
        String url;
        try (Connection connection = database.getConnection()) {
            url = connection.getMetaData().getURL();
        }
        int[] rows = new int[1];
        long[] early = new long[1];
        long[] late = new long[1];
        new SessionExport(new DatabaseAddress(url, "postgres", null)).sessions(SessionFilter.ALL, session -> {
            rows[0]++;
            if (rows[0] == 2_000) {
                early[0] = usedAfterCollection();
            } else if (rows[0] == ROWS - 1_000) {
                late[0] = usedAfterCollection();
            }
        });
        assertThat(rows[0]).isEqualTo(ROWS);
        assertThat(late[0] - early[0]).as("all rows would be more than 100 MB").isLessThan(20 * MEGABYTE);
    }

    private static long usedAfterCollection() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
