package io.patchbay.sighting;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.patchbay.binding.DenialReason;
import io.patchbay.database.TestDatabase;
import io.patchbay.line.ReportedLine;
import io.patchbay.line.VlanTags;
import io.patchbay.sighting.AuthenticationAttempt.Outcome;
import io.patchbay.wire.Octets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.unit.DataSize;

/** Every attempt may be found again, at a bounded price: what is too much is dropped and counted, the denied come first. */
class AuthenticationLogTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00.123Z");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private JdbcTemplate jdbc;
    private TransactionOperations transaction;
    private AuthenticationReader reader;

    @BeforeEach
    void database() {
        DataSource dataSource = TestDatabase.fresh();
        jdbc = new JdbcTemplate(dataSource);
        transaction = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
        reader = new AuthenticationReader(jdbc);
    }

    @Test
    void everythingThatWasSaidIsToldBack() {
        written(1024, 1, number -> attempt(NOON, 17, "user@isp", "olt 1", Outcome.REJECT, DenialReason.WRONG_PASSWORD));
        LoggedAuthentication logged = reader.find(AuthenticationFilter.ALL, 10).getFirst();
        assertThat(logged)
                .usingRecursiveComparison()
                .ignoringFields("id")
                .isEqualTo(new LoggedAuthentication(
                        0,
                        NOON,
                        NOON,
                        1,
                        "bng01",
                        17L,
                        "user@isp",
                        "reject",
                        "wrong-password",
                        "olt 1",
                        Octets.ofText("olt 1").hex(),
                        "0x00ff",
                        "00ff",
                        "020000000001"));
    }

    @Test
    void aThousandEqualAttemptsAreOneRowThatTellsTheLast() {
        written(4096, 1000, number -> accept(NOON.plusMillis(number), 17, "olt " + number));
        LoggedAuthentication logged = only();
        assertThat(logged.times()).isEqualTo(1000);
        assertThat(logged.firstAt()).isEqualTo(NOON);
        assertThat(logged.at()).isEqualTo(NOON.plusMillis(999));
        assertThat(logged.circuitId()).isEqualTo("olt 999");
    }

    @Test
    void withoutServiceTheUserAndWithoutUserTheLineTellsAttemptsApart() {
        written(1024, 4, number -> switch (number) {
            case 0 -> attempt(NOON, 0, "alice", "olt 1", Outcome.REJECT, DenialReason.UNKNOWN_USER);
            case 1 -> attempt(NOON, 0, "alice", "olt 2", Outcome.REJECT, DenialReason.UNKNOWN_USER);
            case 2 -> attempt(NOON, 0, null, "olt 1", Outcome.REJECT, DenialReason.UNKNOWN_LINE);
            default -> attempt(NOON, 0, null, "olt 2", Outcome.REJECT, DenialReason.UNKNOWN_LINE);
        });
        assertThat(reader.find(AuthenticationFilter.ALL, 10))
                .extracting(LoggedAuthentication::times)
                .containsExactlyInAnyOrder(2L, 1L, 1L);
    }

    @Test
    void aFlushWritesSoManyRowsTheDeniedFirstAndTheRestFollowsUntilTheMemoryForItIsFull() {
        AuthenticationLog log = log(1024, 10, transaction);
        for (int number = 0; number < 30; number++) {
            log.note(accept(NOON, 100 + number, "olt"));
        }
        for (int number = 0; number < 4; number++) {
            log.note(attempt(NOON, 0, "guess" + number, "olt", Outcome.REJECT, DenialReason.UNKNOWN_USER));
        }
        log.start();
        log.stop(); // two flushes at most, ten rows each
        List<LoggedAuthentication> logged = reader.find(AuthenticationFilter.ALL, 100);
        assertThat(logged).filteredOn(one -> one.outcome().equals("reject")).hasSize(4);
        assertThat(logged)
                .filteredOn(one -> one.outcome().equals("accept"))
                .hasSizeBetween(6, 10)
                .last()
                .extracting(LoggedAuthentication::serviceId)
                .isEqualTo(100L);
        assertThat(dropped("too-many-distinct")).isEqualTo(20);
    }

    @Test
    void aFullRingDropsAndCountsAndAFloodOfAcceptsLeavesRoomForADenial() {
        AuthenticationLog log = log(16, 10, transaction);
        for (int number = 0; number < 100; number++) {
            log.note(accept(NOON, number, "olt"));
        }
        log.note(attempt(NOON, 0, "guess", "olt", Outcome.REJECT, DenialReason.UNKNOWN_USER));
        assertThat(dropped("queue-full")).isEqualTo(84);
        log.start();
        log.stop();
        assertThat(reader.find(filter("outcome", "reject"), 10)).hasSize(1);
    }

    @Test
    void whileTheDatabaseIsAwayNobodyWaitsMemoryStaysBoundedAndTheFirstAreWrittenWhenItIsBack() throws Exception {
        CountDownLatch tried = new CountDownLatch(1);
        CountDownLatch back = new CountDownLatch(1);
        AuthenticationLog log = log(64, 10, new TransactionOperations() {
            @Override
            public <T> T execute(TransactionCallback<T> action) {
                if (back.getCount() > 0) {
                    tried.countDown();
                    throw new DataAccessResourceFailureException("away");
                }
                return transaction.execute(action);
            }
        });
        log.start();
        log.note(accept(NOON, 1, "olt"));
        tried.await();
        for (int number = 2; number < 100_000; number++) {
            log.note(accept(NOON, number, "olt"));
        }
        back.countDown();
        Awaitility.await()
                .until(() -> !reader.find(filter("outcome", "accept"), 100).isEmpty());
        log.stop();
        List<LoggedAuthentication> logged = reader.find(AuthenticationFilter.ALL, 1_000);
        assertThat(logged).extracting(LoggedAuthentication::serviceId).contains(1L);
        assertThat(logged.size() + dropped("queue-full") + dropped("too-many-distinct"))
                .isEqualTo(99_999);
    }

    @Test
    void whatTheDatabaseRefusesIsDroppedAndTheNextIsWritten() {
        AtomicBoolean refused = new AtomicBoolean();
        AuthenticationLog log = log(64, 10, new TransactionOperations() {
            @Override
            public <T> T execute(TransactionCallback<T> action) {
                if (refused.compareAndSet(false, true)) {
                    throw new IllegalStateException("no");
                }
                return transaction.execute(action);
            }
        });
        log.note(accept(NOON, 1, "olt"));
        log.start();
        Awaitility.await().until(() -> dropped("not-stored") == 1);
        log.note(accept(NOON, 2, "olt"));
        log.stop();
        assertThat(only().serviceId()).isEqualTo(2);
    }

    @Test
    void pagesGoFromTheNewestToTheOldestOverMidnightWithoutGapOrRepeat() {
        Instant beforeMidnight = Instant.parse("2026-11-23T23:59:58Z");
        written(1024, 5, number -> accept(beforeMidnight.plusSeconds(number), number + 1, "olt " + number));
        var first = reader.find(AuthenticationFilter.ALL, 3);
        LoggedAuthentication last = first.getLast();
        var second = reader.find(
                new AuthenticationFilter(
                        null, null, null, null, null, null, null, new SightingFilter.Position(last.at(), last.id())),
                3);
        assertThat(first).extracting(LoggedAuthentication::serviceId).containsExactly(5L, 4L, 3L);
        assertThat(second).extracting(LoggedAuthentication::serviceId).containsExactly(2L, 1L);
        assertThat(partitions()).containsExactly("authentication_20261123", "authentication_20261124");
    }

    @Test
    void filtersChoose() {
        written(
                1024,
                2,
                number ->
                        attempt(NOON, 0, "user " + number, "olt " + number, Outcome.REJECT, DenialReason.UNKNOWN_USER));
        assertThat(reader.find(
                        new AuthenticationFilter(
                                null, null, "user 1", Octets.ofText("olt 1"), "bng01", "reject", "unknown-user", null),
                        10))
                .hasSize(1);
        assertThat(reader.find(filter("nas", "bng02"), 10)).isEmpty();
        assertThat(reader.find(new AuthenticationFilter(1L, null, null, null, null, null, null, null), 10))
                .isEmpty();
    }

    @Test
    void oldDaysGoAndTheOldestOfTooMuch() {
        written(1024, 5, number -> accept(NOON.minus(Duration.ofDays(number)), number + 1, "olt"));
        store(transaction).forget(Duration.ofDays(3), DataSize.ofGigabytes(1));
        assertThat(partitions()).first().isEqualTo("authentication_20261120");
        store(transaction).forget(Duration.ofDays(3), DataSize.ofBytes(1));
        assertThat(partitions()).containsExactly("authentication_20261123");
        assertThat(only().serviceId()).isEqualTo(1);
    }

    @Test
    void manyPutAndOneTakesAndNothingIsLostOrSeenTwice() throws Exception {
        AttemptRing ring = new AttemptRing(64);
        int each = 50_000;
        List<Thread> threads = IntStream.range(0, 3)
                .mapToObj(thread -> Thread.ofPlatform().start(() -> {
                    for (int number = 0; number < each; number++) {
                        AuthenticationAttempt attempt = accept(NOON, thread * each + number, "olt");
                        while (!ring.offer(attempt)) {
                            Thread.onSpinWait();
                        }
                    }
                }))
                .toList();
        boolean[] seen = new boolean[3 * each];
        for (int taken = 0; taken < seen.length; ) {
            AuthenticationAttempt attempt = ring.poll();
            if (attempt != null) {
                assertThat(seen[(int) attempt.serviceId()]).isFalse();
                seen[(int) attempt.serviceId()] = true;
                taken++;
            }
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(ring.poll()).isNull();
    }

    private void written(int queue, int count, IntFunction<AuthenticationAttempt> attempts) {
        AuthenticationLog log = log(queue, 2000, transaction);
        for (int number = 0; number < count; number++) {
            log.note(attempts.apply(number));
        }
        log.start();
        log.stop();
    }

    private AuthenticationLog log(int queue, int rows, TransactionOperations through) {
        return new AuthenticationLog(
                store(through),
                new AuthenticationLogSettings(
                        queue, rows, Duration.ofMillis(10), Duration.ofDays(3650), DataSize.ofGigabytes(1)),
                meters);
    }

    private AuthenticationStore store(TransactionOperations through) {
        return new AuthenticationStore(jdbc, through, Clock.fixed(NOON, ZoneOffset.UTC));
    }

    private List<String> partitions() {
        return jdbc.queryForList(
                "select inhrelid::regclass::text from pg_inherits where inhparent = 'authentication'::regclass order by 1",
                String.class);
    }

    private LoggedAuthentication only() {
        List<LoggedAuthentication> all = reader.find(AuthenticationFilter.ALL, 10);
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    private double dropped(String cause) {
        return meters.get("patchbay.authentication.log.dropped")
                .tag("cause", cause)
                .counter()
                .count();
    }

    private static AuthenticationFilter filter(String name, String value) {
        return new AuthenticationFilter(
                null,
                null,
                null,
                null,
                name.equals("nas") ? value : null,
                name.equals("outcome") ? value : null,
                null,
                null);
    }

    private static AuthenticationAttempt accept(Instant at, long serviceId, String circuitId) {
        return attempt(at, serviceId, "user" + serviceId, circuitId, Outcome.ACCEPT, null);
    }

    private static AuthenticationAttempt attempt(
            Instant at, long serviceId, String userName, String circuitId, Outcome outcome, DenialReason reason) {
        ReportedLine line = new ReportedLine(
                Octets.ofText(circuitId), Octets.ofHex("00ff"), null, Octets.ofHex("020000000001"), -1, VlanTags.NONE);
        return new AuthenticationAttempt(at.toEpochMilli(), 7, "bng01", serviceId, userName, line, outcome, reason);
    }
}
