package io.patchbay;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.database.TestDatabase;
import io.patchbay.lab.CrashRows;
import io.patchbay.lab.HubProcess;
import io.patchbay.lab.TestNas;
import io.patchbay.radius.PacketCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.util.FileSystemUtils;

/** Kills at random moments, broken files, two hubs: minutes of real processes, so only with {@code -Plong}. */
@Tag("long")
class LongCrashTest {
    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration READY_AGAIN = Duration.ofSeconds(30);
    private static final int KILLS = 5;

    private final ExecutorService importer = Executors.newSingleThreadExecutor();

    @TempDir
    private Path dataDir;

    @AfterEach
    void stop() {
        importer.shutdownNow();
    }

    @Test
    void fiveKillsAmidImportsLoseNothingAcknowledgedAndLeaveNothingHalf() throws Exception {
        Random random = new Random();
        Set<Integer> acknowledged = new ConcurrentSkipListSet<>();
        AtomicInteger files = new AtomicInteger();
        for (int kill = 0; kill < KILLS; kill++) {
            try (HubProcess hub = HubProcess.start(dataDir)) {
                Duration ready = hub.awaitUp(START);
                assertThat(kill == 0 ? Duration.ZERO : ready).isLessThan(READY_AGAIN);
                Future<?> importing = importer.submit(() -> {
                    while (true) {
                        int file = files.incrementAndGet();
                        hub.importCsv(CrashRows.csv(file, CrashRows.ROWS));
                        acknowledged.add(file);
                    }
                });
                int moment = 500 + random.nextInt(3_000);
                awaitFailure(importing, moment);
                hub.kill();
                awaitFailure(importing, 60_000);
                System.out.printf(
                        "Kill %d after %d ms: file %d was worked on, %d acknowledged; the start took %d ms%n",
                        kill + 1, moment, files.get(), acknowledged.size(), ready.toMillis());
            }
        }
        try (HubProcess hub = HubProcess.start(dataDir)) {
            assertThat(hub.awaitUp(START)).isLessThan(READY_AGAIN);
            Map<Integer, Integer> whole = CrashRows.whole(dataDir);
            assertThat(whole.keySet()).containsAll(acknowledged);
            assertThat(whole.values()).as("rows of each file").allMatch(rows -> rows == CrashRows.ROWS);
            assertThat(acknowledged).as("imports that could be lost").isNotEmpty();
            for (int file : acknowledged) {
                for (int row = 1; row <= CrashRows.ROWS; row += 97) {
                    assertAccepts(
                            hub, CrashRows.user(file, row), CrashRows.password(row), CrashRows.circuit(file, row));
                }
            }
        }
    }

    @Test
    void aDatabaseKilledAmidAnImportIsNoticedByNobodyWhoIsKnown() throws Exception {
        int rows = 40_000;
        try (HubProcess hub = HubProcess.start(dataDir)) {
            hub.awaitUp(START);
            hub.importCsv(CrashRows.csv(1, CrashRows.ROWS));
            Future<?> importing = importer.submit(() -> hub.importCsv(CrashRows.csv(2, rows)));
            CrashRows.awaitTransaction(dataDir, importing);
            long postmaster = killPostmaster();
            int asked = 0;
            long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
            while (!importing.isDone() || System.nanoTime() < end) {
                int row = 1 + asked++ % CrashRows.ROWS;
                assertAccepts(hub, CrashRows.user(1, row), CrashRows.password(row), CrashRows.circuit(1, row));
                assertThat(System.nanoTime())
                        .as("the import's end")
                        .isLessThan(end + Duration.ofSeconds(60).toNanos());
            }
            System.out.println(asked + " requests were answered after postmaster " + postmaster + " was killed");
            awaitFailure(importing, 0);
            assertThat(importing.state()).as("the import's answer").isEqualTo(Future.State.FAILED);
            assertThat(hub.isUp()).isTrue();
        }
        try (HubProcess hub = HubProcess.start(dataDir)) {
            hub.awaitUp(START);
            assertThat(CrashRows.whole(dataDir)).isEqualTo(Map.of(1, CrashRows.ROWS));
        }
    }

    /** One file of a copy of the hub's home is broken, as an operator would: in the middle, among what is right. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            dictionaries/dictionary      | $INCLUDE rfc            | $INCLUD rfc
            config/reply/generic.yaml    | Framed-Pool: quarantine | Frammed-Pool: quarantine
            config/line-templates.yaml   | {node} eth {port:path}: | {node} eth {port:path:
            routes/radius-access.camel.yaml | ref: composeReply     | reff: composeReply
            routes/radius-access.camel.yaml | ref: composeReply     | ref: composeReplies
            """)
    void aBrokenFileStopsTheStartWithFileAndLine(String file, String right, String wrong, @TempDir Path home)
            throws Exception {
        for (String folder : new String[] {"config", "dictionaries", "routes"}) {
            FileSystemUtils.copyRecursively(Path.of(folder), home.resolve(folder));
        }
        Path broken = home.resolve(file);
        String text = Files.readString(broken);
        int at = text.indexOf(right);
        assertThat(at).as("'" + right + "' in " + file).isNotNegative();
        Files.writeString(broken, text.substring(0, at) + wrong + text.substring(at + right.length()));
        long line = text.substring(0, at).lines().count() + (text.charAt(at - 1) == '\n' ? 1 : 0);

        try (HubProcess hub = HubProcess.startIn(home, dataDir, database(freshUrl()))) {
            assertThat(hub.awaitEnd(START)).isNotZero();
            String name = broken.getFileName().toString();
            assertThat(hub.log()).containsPattern(Pattern.quote(name) + "(:|\\S*,? line )" + line + "\\b");
        }
    }

    @Test
    void aChangeThroughOneHubChangesTheReplyOfTheOther() throws Exception {
        String database = database(freshUrl());
        String masterKey = "--patchbay.master-key-file=" + dataDir.resolve("shared.key");
        try (HubProcess one = HubProcess.start(dataDir.resolve("one"), "--patchbay.demo=true", database, masterKey)) {
            one.awaitUp(START);
            try (HubProcess other = HubProcess.start(dataDir.resolve("other"), database, masterKey)) {
                other.awaitUp(START);
                one.importCsv(CrashRows.csv(1, CrashRows.ROWS));
                awaitCode(other, PacketCode.ACCESS_ACCEPT);

                long service = service();
                for (String state : new String[] {"suspended", "active", "suspended"}) {
                    one.post(
                            "/api/v1/services/" + service + "/state",
                            "application/json",
                            "{\"state\":\"" + state + "\"}");
                    awaitCode(other, state.equals("active") ? PacketCode.ACCESS_ACCEPT : PacketCode.ACCESS_REJECT);
                }
            }
        }
    }

    private DataSource shared;

    private String freshUrl() throws SQLException {
        shared = TestDatabase.fresh();
        try (Connection connection = shared.getConnection()) {
            return connection.getMetaData().getURL();
        }
    }

    private long service() {
        return new JdbcTemplate(shared)
                .queryForObject(
                        "select service_id from credential where user_name = ?", Long.class, CrashRows.user(1, 1));
    }

    private static String database(String url) {
        return "--spring.datasource.url=" + url + (url.contains("user=") ? "" : "?user=postgres");
    }

    /** Within 2 s, the delay of a reject (1 s) not counted. */
    private static void awaitCode(HubProcess hub, int code) {
        try (TestNas nas = new TestNas("127.0.0.1", hub.authPort(), "testing123")) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(2 + (code == PacketCode.ACCESS_REJECT ? 1 : 0)))
                    .until(() -> nas.ask(nas.pap(CrashRows.user(1, 1), CrashRows.password(1), CrashRows.circuit(1, 1)))
                                    .orElseThrow()
                                    .code()
                            == code);
        }
    }

    private static void assertAccepts(HubProcess hub, String user, String password, String circuit) {
        try (TestNas nas = new TestNas("127.0.0.1", hub.authPort(), "testing123")) {
            int code = nas.ask(nas.pap(user, password, circuit))
                    .orElseThrow(() -> new AssertionError("no answer for " + user + "\n" + hub.log()))
                    .code();
            assertThat(code).as(user).isEqualTo(PacketCode.ACCESS_ACCEPT);
        }
    }

    /** Waits for the work to fail, or for so long. */
    private static void awaitFailure(Future<?> work, long millis) throws InterruptedException {
        try {
            work.get(millis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException expected) {
            return;
        }
    }

    private long killPostmaster() throws IOException {
        long pid = Long.parseLong(Files.readAllLines(dataDir.resolve("postgres/postmaster.pid"))
                .getFirst()
                .strip());
        ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
        postmaster.destroyForcibly();
        Awaitility.await().until(() -> !postmaster.isAlive());
        return pid;
    }
}
