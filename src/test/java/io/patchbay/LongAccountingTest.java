package io.patchbay;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.lab.CrashRows;
import io.patchbay.lab.HubProcess;
import io.patchbay.lab.KillablePostgres;
import io.patchbay.lab.NasLoad;
import io.patchbay.lab.SubscriberLine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** Kills in the middle of a 30-second load of accounting: what was acknowledged is stored, and nothing twice. */
@Tag("long")
class LongAccountingTest {
    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration LOAD = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int SESSIONS_AT_ONCE = 2_000;
    private static final int INTERIMS = 2;

    @TempDir
    private Path dataDir;

    /** By Acct-Session-Id, which of its records were acknowledged. */
    private final Map<String, BitSet> acknowledged = new HashMap<>();

    @Test
    void theHubKilledAmidALoad() throws Exception {
        HubProcess hub = HubProcess.start(dataDir);
        try {
            hub.awaitUp(START);
            hub.importCsv(CrashRows.csv(1, CrashRows.ROWS));
            HubProcess killed = hub;
            try (Load load = new Load(hub)) {
                load.run(LOAD.dividedBy(3));
                long before = load.acknowledgements;
                killed.kill();
                hub = killed.again();
                load.run(LOAD.multipliedBy(2).dividedBy(3));
                assertThat(before).as("acknowledged before the kill").isPositive();
                load.runUntilAnswered(Duration.ofMinutes(2));
                report("hub killed", load);
            }
            requireStoredOnce(hub, CrashRows.jdbc(dataDir));
        } finally {
            hub.close();
        }
    }

    @Test
    void postgresKilledAmidALoadAndBackAgain() throws Exception {
        try (KillablePostgres postgres = new KillablePostgres(dataDir.resolve("postgres-beside"));
                HubProcess hub = HubProcess.start(dataDir, postgres.setting(), "--patchbay.demo=true")) {
            hub.awaitUp(START);
            hub.importCsv(CrashRows.csv(1, CrashRows.ROWS));
            try (Load load = new Load(hub)) {
                load.run(LOAD.dividedBy(3));
                postgres.kill();
                long before = load.acknowledgements;
                load.run(LOAD.dividedBy(3));
                assertThat(load.acknowledgements - before)
                        .as("acknowledged from the journal while the database was away")
                        .isGreaterThan(SESSIONS_AT_ONCE);
                postgres.start();
                load.run(LOAD.dividedBy(3));
                load.runUntilAnswered(Duration.ofMinutes(1));
                report("PostgreSQL killed", load);
            }
            requireStoredOnce(hub, postgres.jdbc());
        }
    }

    private void report(String what, Load load) {
        System.out.printf(
                "%s: %d records of %d sessions acknowledged, %d requests sent again%n",
                what, load.acknowledgements, acknowledged.size(), load.nas.repeats());
    }

    /** Waits until as many are stored as were acknowledged, then compares them one by one. */
    private void requireStoredOnce(HubProcess hub, JdbcTemplate jdbc) {
        int expected =
                acknowledged.values().stream().mapToInt(BitSet::cardinality).sum();
        org.awaitility.Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(() -> jdbc.queryForObject("select count(*) from accounting_record", Integer.class) >= expected);
        Map<String, BitSet> stored = new HashMap<>();
        List<String> twice = jdbc.query(
                "select encode(s.acct_session_id, 'escape'), r.kind, r.session_seconds, count(*)"
                        + " from accounting_record r join session s on s.id = r.session_id group by 1, 2, 3",
                (row, number) -> {
                    int record = row.getString(2).equals("start") ? 0 : row.getInt(3) / 300;
                    stored.computeIfAbsent(row.getString(1), id -> new BitSet()).set(record);
                    return row.getInt(4) == 1 ? null : row.getString(1) + " " + row.getString(2);
                });
        assertThat(twice.stream().filter(one -> one != null)).as("stored twice").isEmpty();
        acknowledged.forEach((session, records) -> {
            BitSet missing = (BitSet) records.clone();
            missing.andNot(stored.getOrDefault(session, new BitSet()));
            assertThat(missing.isEmpty())
                    .as(session + ": acknowledged " + records + ", stored " + stored.get(session))
                    .isTrue();
        });
        List<String> eras = jdbc.queryForList(
                "select encode(acct_session_id, 'escape') from session group by 1 having count(*) > 1", String.class);
        assertThat(eras).as("sessions split in two").isEmpty();
        assertThat(hub.get("/api/v1/accounting/count"))
                .isEqualTo("{\"count\":" + jdbc.queryForObject("select count(*) from accounting_record", Integer.class)
                        + "}");
    }

    private final class Load implements AutoCloseable {
        private final NasLoad nas;
        private long acknowledgements;
        private int next;

        private Load(HubProcess hub) throws IOException {
            nas = new NasLoad("127.0.0.1", hub.acctPort(), "testing123", 16, PATIENCE);
        }

        private void run(Duration time) {
            long end = System.nanoTime() + time.toNanos();
            while (System.nanoTime() - end < 0) {
                while (nas.outstanding() < SESSIONS_AT_ONCE) {
                    nas.begin(session(next++));
                }
                nas.turn(Duration.ofMillis(100));
            }
        }

        private void runUntilAnswered(Duration longest) {
            long end = System.nanoTime() + longest.toNanos();
            while (nas.outstanding() > 0 && System.nanoTime() - end < 0) {
                nas.turn(Duration.ofMillis(100));
            }
            assertThat(nas.outstanding()).as("requests without an answer").isZero();
        }

        private NasLoad.Dialogue session(int number) {
            int row = 1 + number % CrashRows.ROWS;
            SubscriberLine line = new SubscriberLine(
                    CrashRows.user(1, row), CrashRows.password(row), CrashRows.circuit(1, row), 0x0a010000 + row);
            return line.session("load-" + number, INTERIMS, true, (session, record) -> {
                acknowledgements++;
                acknowledged.computeIfAbsent(session, id -> new BitSet()).set(record);
            });
        }

        @Override
        public void close() throws IOException {
            nas.close();
        }
    }
}
