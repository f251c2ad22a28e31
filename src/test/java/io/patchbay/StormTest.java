package io.patchbay;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.lab.CrashRows;
import io.patchbay.lab.HubProcess;
import io.patchbay.lab.NasLoad;
import io.patchbay.lab.SubscriberLine;
import io.patchbay.lab.TestNas;
import io.patchbay.radius.PacketCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A BNG with 50,000 sessions restarts: Accounting-On, then everybody logs in at once, one in ten unknown to the ledger, each
 * request repeated every 3 s; and the hub is killed when half of them are online.
 */
@Tag("long")
class StormTest {
    private static final int LINES = 50_000;
    private static final int KNOWN = LINES / 10 * 9;
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int ACCT_STATUS_TYPE = 40;
    private static final int ACCT_SESSION_ID = 44;
    private static final int ACCOUNTING_ON = 7;

    @TempDir
    private Path dataDir;

    private NasLoad logIns;
    private NasLoad accounting;
    private String boot;
    private int online;
    /** Those that were rejected, in the order in which they try again. */
    private final Deque<Rejected> rejected = new ArrayDeque<>();

    private record Rejected(SubscriberLine line, String session, long again) {}

    @Test
    void everybodyIsOnlineAgain() throws Exception {
        HubProcess hub = HubProcess.start(dataDir);
        try {
            hub.awaitUp(Duration.ofMinutes(3));
            hub.importCsv(CrashRows.csv(1, KNOWN));
            openSockets(hub);

            Duration first = bringOnline("first", () -> online == KNOWN);
            print("From nothing: " + KNOWN + " lines online", first);

            restart(hub);
            online = 0;
            rejected.clear();
            long lost = System.nanoTime();
            bringOnline("second", () -> online >= KNOWN / 2);
            HubProcess killed = hub;
            killed.kill();
            long down = System.nanoTime();
            hub = killed.again();
            turnUntil(() -> online == KNOWN);
            Duration all = Duration.ofNanos(System.nanoTime() - lost);
            print("The NAS restarted, the hub killed after half of them: the last one online", all);
            print("of which since the hub was killed", Duration.ofNanos(System.nanoTime() - down));

            // An Accounting-On ends 10,000 sessions at once, the rest within a minute.
            JdbcTemplate jdbc = CrashRows.jdbc(dataDir);
            Awaitility.await().atMost(Duration.ofMinutes(3)).untilAsserted(() -> assertThat(
                            jdbc.queryForObject("select count(*) from session where ended_at is null", Integer.class))
                    .as("live sessions: the second of each line, no other")
                    .isEqualTo(KNOWN));
        } finally {
            closeSockets();
            hub.close();
        }
    }

    private Duration bringOnline(String boot, BooleanSupplier enough) {
        this.boot = boot;
        long start = System.nanoTime();
        for (int row = 1; row <= LINES; row++) {
            String user = row <= KNOWN ? CrashRows.user(1, row) : "nobody-" + row;
            SubscriberLine line =
                    new SubscriberLine(user, CrashRows.password(row), CrashRows.circuit(1, row), 0x0a010000 + row);
            logIn(line, boot + "-" + row);
        }
        turnUntil(enough);
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private void logIn(SubscriberLine line, String session) {
        logIns.begin(line.logIn(reply -> {
            if (reply.code() == PacketCode.ACCESS_ACCEPT) {
                accounting.begin(line.session(session, 0, false, (id, record) -> {
                    if (id.startsWith(boot)) {
                        online++;
                    }
                }));
            } else {
                rejected.add(new Rejected(line, session, System.nanoTime() + PATIENCE.toNanos()));
            }
        }));
    }

    private void turnUntil(BooleanSupplier enough) {
        long deadline = System.nanoTime() + Duration.ofMinutes(5).toNanos();
        while (!enough.getAsBoolean()) {
            logIns.turn(Duration.ofMillis(1));
            accounting.turn(Duration.ofMillis(1));
            while (!rejected.isEmpty() && rejected.peek().again() - System.nanoTime() < 0 && logIns.hasRoom()) {
                Rejected next = rejected.poll();
                logIn(next.line(), next.session());
            }
            assertThat(System.nanoTime()).as(online + " lines are online").isLessThan(deadline);
        }
    }

    /** The NAS's, not the hub's: what it had outstanding is forgotten, and it says so. */
    private void restart(HubProcess hub) throws IOException {
        closeSockets();
        openSockets(hub);
        try (TestNas nas = new TestNas("127.0.0.1", hub.acctPort(), "testing123")) {
            byte[] on = nas.request(PacketCode.ACCOUNTING_REQUEST, attributes -> {
                attributes.putInteger(ACCT_STATUS_TYPE, ACCOUNTING_ON);
                attributes.put(ACCT_SESSION_ID, "boot".getBytes(StandardCharsets.US_ASCII));
            });
            assertThat(nas.ask(on)).as("the acknowledgement of Accounting-On").isPresent();
        }
    }

    private void openSockets(HubProcess hub) throws IOException {
        int sockets = LINES / 256 + 1;
        logIns = new NasLoad("127.0.0.1", hub.authPort(), "testing123", sockets, PATIENCE);
        accounting = new NasLoad("127.0.0.1", hub.acctPort(), "testing123", sockets, PATIENCE);
    }

    private void closeSockets() throws IOException {
        if (logIns != null) {
            logIns.close();
            accounting.close();
        }
    }

    private void print(String what, Duration time) {
        System.out.printf(
                "%s after %.1f s; sent again: %d log-ins, %d accounting records%n",
                what, time.toMillis() / 1e3, logIns.repeats(), accounting.repeats());
    }
}
