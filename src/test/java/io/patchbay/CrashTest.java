package io.patchbay;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.binding.BindingIndex;
import io.patchbay.binding.BindingSnapshot;
import io.patchbay.database.TestDatabase;
import io.patchbay.lab.HubProcess;
import io.patchbay.lab.TestNas;
import io.patchbay.ledger.NasObservations;
import io.patchbay.radius.PacketCode;
import io.patchbay.radius.RadiusPacket;
import io.patchbay.vault.MasterKeys;
import io.patchbay.vault.Vault;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the hub still does, and still knows, after something died: hub and database as real processes, really killed. */
class CrashTest {
    private static final Duration START = Duration.ofMinutes(3);
    /** What is promised after a crash. */
    private static final Duration READY_AGAIN = Duration.ofSeconds(30);

    private static final int ROWS = 300;

    @TempDir
    private Path dataDir;

    @Test
    void aKilledHubComesBackWithEverythingThatItAcknowledged() {
        try (HubProcess first = HubProcess.start(dataDir)) {
            first.awaitUp(START);
            assertThat(first.importCsv(rows())).contains("\"accepted\":" + ROWS);
            assertAnswers(first, 1);
            first.kill();
        }
        try (HubProcess second = HubProcess.start(dataDir)) {
            Duration ready = second.awaitUp(START);
            System.out.println("Ready " + ready.toMillis() + " ms after the start that followed kill -9");
            assertThat(ready).isLessThan(READY_AGAIN);
            for (int row = 1; row <= ROWS; row++) {
                assertAnswers(second, row);
            }
        }
    }

    @Test
    void aHubWhoseDatabaseDiesAnswersOnAndStaysUp() throws IOException {
        try (HubProcess hub = HubProcess.start(dataDir)) {
            hub.awaitUp(START);
            assertThat(hub.importCsv(rows())).contains("\"accepted\":" + ROWS);
            killPostmaster();
            for (int row = 1; row <= ROWS; row++) {
                assertAnswers(hub, row);
            }
            assertRejects(hub, "nobody-at-all");
            assertThat(hub.isUp()).isTrue();
        }
    }

    @Test
    void aHubThatStartsWithoutItsDatabaseServesTheSnapshot() throws SQLException, IOException {
        String url;
        try (Connection connection = TestDatabase.fresh().getConnection()) {
            url = connection.getMetaData().getURL();
        }
        String[] settings = {"--patchbay.demo=true", "--patchbay.binding.snapshot-interval=1s", database(url)};
        try (HubProcess first = HubProcess.start(dataDir, settings)) {
            first.awaitUp(START);
            assertThat(first.importCsv(rows())).contains("\"accepted\":" + ROWS);
            // Without the snapshot of an orderly end: what was imported in the last interval before the kill is not in
            // it.
            Awaitility.await().atMost(START).ignoreExceptions().until(this::snapshotHoldsTheRows);
            first.kill();
        }
        try (ServerSocket nobody = new ServerSocket(0)) {
            int deadPort = nobody.getLocalPort();
            nobody.close();
            String dead = "jdbc:postgresql://127.0.0.1:" + deadPort + "/patchbay";
            try (HubProcess second = HubProcess.start(dataDir, database(dead))) {
                second.awaitUp(START);
                for (int row = 1; row <= ROWS; row++) {
                    assertAnswers(second, row);
                }
            }
        }
    }

    @Test
    void aBrokenRouteStopsTheStartWithFileAndLine() throws IOException {
        Path routes = Files.createDirectory(dataDir.resolve("routes"));
        Files.writeString(routes.resolve("broken.camel.yaml"), """
                - route:
                    id: broken
                    from:
                      uri: direct:broken
                      steps:
                        - processs:
                            ref: authenticate
                """);
        try (HubProcess hub =
                HubProcess.start(dataDir, "--camel.main.routes-include-pattern=file:" + routes + "/*.camel.yaml")) {
            assertThat(hub.awaitEnd(START)).isNotZero();
            assertThat(hub.log()).contains("broken.camel.yaml", "line 6");
        }
    }

    private boolean snapshotHoldsTheRows() {
        BindingIndex index = new BindingIndex();
        Vault vault = new Vault(MasterKeys.loadOrCreate(dataDir.resolve("master.key")));
        NasObservations observations = new NasObservations(null, Clock.systemUTC());
        new BindingSnapshot(dataDir.resolve("bindings.snapshot"), vault, observations).restore(index);
        return index.size() >= ROWS;
    }

    private static String database(String url) {
        return "--spring.datasource.url=" + url + (url.contains("user=") ? "" : "?user=postgres");
    }

    /** By the process id in the first line of postmaster.pid, as PostgreSQL writes it. */
    private void killPostmaster() throws IOException {
        Path pidFile = dataDir.resolve("postgres").resolve("postmaster.pid");
        long pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
        ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
        postmaster.destroyForcibly();
        Awaitility.await().until(() -> !postmaster.isAlive());
    }

    private static void assertAnswers(HubProcess hub, int row) {
        try (TestNas nas = new TestNas("127.0.0.1", hub.authPort(), "testing123")) {
            RadiusPacket reply = nas.ask(nas.pap("crash-" + row, "secret-" + row, "crash-olt eth 0/1:" + row))
                    .orElseThrow(() -> new AssertionError("no answer for row " + row + "\n" + hub.log()));
            assertThat(reply.code()).as("row " + row).isEqualTo(PacketCode.ACCESS_ACCEPT);
        }
    }

    private static void assertRejects(HubProcess hub, String userName) {
        try (TestNas nas = new TestNas("127.0.0.1", hub.authPort(), "testing123")) {
            RadiusPacket reply = nas.ask(nas.pap(userName, "x", null)).orElseThrow();
            assertThat(reply.code()).isEqualTo(PacketCode.ACCESS_REJECT);
        }
    }

    private static String rows() {
        StringBuilder csv = new StringBuilder("username,password,circuit_id,s_vlan,ipv4\n");
        for (int row = 1; row <= ROWS; row++) {
            csv.append("crash-%1$d,secret-%1$d,crash-olt eth 0/1:%1$d,300,198.19.%2$d.%3$d\n"
                    .formatted(row, row / 256, row % 256));
        }
        return csv.toString();
    }
}
