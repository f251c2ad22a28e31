package io.patchbay.sighting;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.patchbay.binding.DenialReason;
import io.patchbay.binding.Mismatch;
import io.patchbay.binding.Sighting;
import io.patchbay.database.TestDatabase;
import io.patchbay.ledger.DenialPolicy;
import io.patchbay.ledger.DynamicAuthorization;
import io.patchbay.ledger.LineAuthentication;
import io.patchbay.ledger.MessageAuthenticatorMode;
import io.patchbay.ledger.NasClient;
import io.patchbay.ledger.Option82Policy;
import io.patchbay.line.IdentifierKind;
import io.patchbay.line.ReportedLine;
import io.patchbay.line.VlanTags;
import io.patchbay.wire.IpPrefix;
import io.patchbay.wire.Octets;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/** A storm of the same mismatch is one row; nothing is written twice, nothing blocks, and what is lost is counted. */
class SightingWriterTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00.123456Z");
    private static final NasClient NAS = nas();
    private static final ReportedLine LINE = line("bng01 eth 0/01/01:0001");

    private final ObjectMapper json = new ObjectMapper();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private JdbcTemplate jdbc;
    private TransactionOperations transaction;
    private SightingReader reader;

    @BeforeEach
    void database() {
        DataSource dataSource = TestDatabase.fresh();
        jdbc = new JdbcTemplate(dataSource);
        transaction = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
        reader = new SightingReader(jdbc, json);
    }

    @Test
    void aStormOfTheSameSightingIsOneRowWithItsCount() {
        written(settings(65_536, 64), 20_000, number -> mismatch(NOON.plusMillis(number), LINE));
        SeenSighting seen = only();
        assertThat(seen.times()).isEqualTo(20_000);
        assertThat(seen.firstSeen()).isEqualTo(NOON);
        assertThat(seen.lastSeen()).isEqualTo(NOON.plusMillis(19_999));
        assertThat(counted("line-mismatch", "reject")).isEqualTo(20_000);
    }

    @Test
    void aLaterFlushAddsToTheSameRow() {
        written(settings(1024, 64), 3, number -> mismatch(NOON, LINE));
        written(settings(1024, 64), 2, number -> mismatch(NOON.minusSeconds(5), LINE));
        SeenSighting seen = only();
        assertThat(seen.times()).isEqualTo(5);
        assertThat(seen.firstSeen()).isEqualTo(NOON.minusSeconds(5));
        assertThat(seen.lastSeen()).isEqualTo(NOON);
    }

    @Test
    void everythingThatWasSaidIsToldBack() {
        written(settings(1024, 64), 1, number -> mismatch(NOON, LINE));
        SeenSighting seen = only();
        assertThat(seen.nas()).isEqualTo("bng01");
        assertThat(seen.userName()).isEqualTo("user@isp");
        assertThat(seen.serviceId()).isNull();
        assertThat(seen.reason()).isEqualTo("line-mismatch");
        assertThat(seen.outcome()).isEqualTo("reject");
        assertThat(seen.circuitId()).isEqualTo("bng01 eth 0/01/01:0001");
        assertThat(seen.remoteId()).isEqualTo("0x00ff");
        assertThat(seen.remoteIdHex()).isEqualTo("00ff");
        assertThat(seen.nasPortId()).isNull();
        assertThat(seen.mac()).isEqualTo("020000000001");
        assertThat(seen.nasPort()).isEqualTo(4_294_967_295L);
        assertThat(seen.sVlan()).isEqualTo(501);
        assertThat(seen.cVlan()).isNull();
        assertThat(seen.mismatches())
                .containsExactly(
                        new SeenSighting.SeenMismatch("circuit-id", "ff01", "ff02"),
                        new SeenSighting.SeenMismatch("vlan", "501.7", null));
    }

    @Test
    void whatDiffersInOneThingIsAnotherRow() {
        written(settings(1024, 64), 4, number -> switch (number) {
            case 0 -> mismatch(NOON, LINE);
            case 1 -> mismatch(NOON, line("bng01 eth 0/01/01:0002"));
            case 2 -> new Sighting(NOON, NAS, "user@isp", LINE, null, DenialReason.UNKNOWN_LINE, "reject", List.of());
            default -> new Sighting(NOON, NAS, null, LINE, null, DenialReason.UNKNOWN_LINE, "reject", List.of());
        });
        assertThat(reader.find(SightingFilter.ALL, 10)).hasSize(4).allMatch(seen -> seen.times() == 1);
    }

    @Test
    void differentSightingsOfOneFlushAreBoundedAndTheRestCounted() {
        written(settings(65_536, 16), 1000, number -> mismatch(NOON, line("line " + number)));
        assertThat(jdbc.queryForObject("select count(*) from sighting", Long.class))
                .isEqualTo(16);
        assertThat(dropped("too-many-distinct")).isEqualTo(984);
        assertThat(counted("line-mismatch", "reject")).isEqualTo(1000);
    }

    @Test
    void aFullQueueDropsAndCountsAndNeverBlocks() {
        SightingWriter writer = writer(settings(16, 64), transaction);
        for (int number = 0; number < 100; number++) {
            writer.note(mismatch(NOON, LINE));
        }
        assertThat(dropped("queue-full")).isEqualTo(84);
        assertThat(counted("line-mismatch", "reject")).isEqualTo(100);
    }

    @Test
    void whatCannotBeWrittenWhileTheDatabaseIsAwayIsWrittenWhenItIsBack() {
        AtomicBoolean tried = new AtomicBoolean();
        SightingWriter writer = writer(settings(1024, 64), new TransactionOperations() {
            @Override
            public <T> T execute(TransactionCallback<T> action) {
                if (tried.compareAndSet(false, true)) {
                    throw new DataAccessResourceFailureException("away");
                }
                return transaction.execute(action);
            }
        });
        writer.note(mismatch(NOON, LINE));
        writer.start();
        // The first flush fails, the one at the stop succeeds.
        while (!tried.get()) {
            Thread.onSpinWait();
        }
        writer.stop();
        assertThat(only().times()).isEqualTo(1);
    }

    @Test
    void aUserNameWithWhatPostgresqlCannotHoldIsStillSeen() {
        written(
                settings(1024, 64),
                1,
                number -> new Sighting(NOON, NAS, "a\0b", LINE, null, DenialReason.UNKNOWN_USER, "reject", List.of()));
        assertThat(only().userName()).isEqualTo("a\uFFFDb");
    }

    @Test
    void pagesGoFromTheNewestToTheOldestWithoutGapOrRepeat() {
        written(settings(1024, 64), 5, number -> mismatch(NOON.plusSeconds(number / 2), line("line " + number)));
        var first = reader.find(SightingFilter.ALL, 3);
        SeenSighting last = first.getLast();
        var position = new SightingFilter.Position(last.lastSeen(), last.id());
        var second = reader.find(new SightingFilter(null, null, null, null, null, null, position), 3);
        assertThat(first).hasSize(3);
        assertThat(second).hasSize(2).doesNotContainAnyElementsOf(first);
        assertThat(first.getFirst().circuitId()).isEqualTo("line 4");
    }

    @Test
    void filtersChooseByWhatWasSeen() {
        written(settings(1024, 64), 2, number -> mismatch(NOON, line("line " + number)));
        var filter =
                new SightingFilter("line-mismatch", "reject", "bng01", null, "user@isp", Octets.ofText("line 1"), null);
        assertThat(reader.find(filter, 10))
                .singleElement()
                .extracting(SeenSighting::circuitId)
                .isEqualTo("line 1");
        assertThat(reader.find(new SightingFilter("unknown-line", null, null, null, null, null, null), 10))
                .isEmpty();
    }

    @Test
    void oldAndSurplusSightingsAreForgotten() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        written(
                settings(1024, 64),
                6,
                number -> mismatch(
                        number == 0 ? now.minus(Duration.ofDays(8)) : now.minusSeconds(number),
                        line("line " + number)));
        int forgotten = new SightingStore(jdbc, transaction, json).forget(Duration.ofDays(7), 3);
        assertThat(forgotten).isEqualTo(3);
        assertThat(jdbc.queryForList("select min(last_seen) from sighting", Timestamp.class))
                .containsExactly(Timestamp.from(now.minusSeconds(3)));
    }

    @Test
    void guessedPasswordsPushNoMismatchOut() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        written(
                settings(1024, 16),
                101,
                number -> number == 0
                        ? mismatch(now.minusSeconds(1000), LINE)
                        : new Sighting(
                                now,
                                NAS,
                                "guess " + number,
                                LINE,
                                null,
                                DenialReason.WRONG_PASSWORD,
                                "reject",
                                List.of()));
        new SightingStore(jdbc, transaction, json).forget(Duration.ofDays(7), 3);
        assertThat(reader.find(SightingFilter.ALL, 10))
                .extracting(SeenSighting::reason)
                .containsExactly("wrong-password", "wrong-password", "wrong-password", "line-mismatch");
    }

    @Test
    void aStormOfGuessesLeavesRoomForAMismatchInTheSameFlush() {
        written(
                settings(1024, 16),
                101,
                number -> number == 100
                        ? mismatch(NOON, LINE)
                        : new Sighting(
                                NOON,
                                NAS,
                                "guess " + number,
                                LINE,
                                null,
                                DenialReason.WRONG_PASSWORD,
                                "reject",
                                List.of()));
        assertThat(reader.find(new SightingFilter("line-mismatch", null, null, null, null, null, null), 10))
                .hasSize(1);
        assertThat(dropped("too-many-distinct")).isEqualTo(84);
    }

    private void written(SightingSettings settings, int count, java.util.function.IntFunction<Sighting> sightings) {
        SightingWriter writer = writer(settings, transaction);
        for (int number = 0; number < count; number++) {
            writer.note(sightings.apply(number));
        }
        writer.start();
        writer.stop();
    }

    private SightingWriter writer(SightingSettings settings, TransactionOperations through) {
        return new SightingWriter(new SightingStore(jdbc, through, json), settings, meters);
    }

    private SeenSighting only() {
        List<SeenSighting> all = reader.find(SightingFilter.ALL, 10);
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    private double counted(String reason, String outcome) {
        return meters.get("patchbay.sightings")
                .tags("reason", reason, "outcome", outcome)
                .counter()
                .count();
    }

    private double dropped(String cause) {
        return meters.get("patchbay.sightings.dropped")
                .tag("cause", cause)
                .counter()
                .count();
    }

    private static SightingSettings settings(int queue, int distinct) {
        return new SightingSettings(queue, distinct, Duration.ofMillis(500), Duration.ofDays(90), 1_000_000);
    }

    private static Sighting mismatch(Instant at, ReportedLine line) {
        return new Sighting(
                at,
                NAS,
                "user@isp",
                line,
                null,
                DenialReason.LINE_MISMATCH,
                "reject",
                List.of(
                        new Mismatch(IdentifierKind.CIRCUIT_ID, Octets.ofHex("ff01"), Octets.ofHex("ff02")),
                        new Mismatch(null, Octets.ofText("501.7"), null)));
    }

    private static ReportedLine line(String circuitId) {
        return new ReportedLine(
                Octets.ofText(circuitId),
                Octets.ofHex("00ff"),
                null,
                Octets.ofHex("020000000001"),
                4_294_967_295L,
                new VlanTags(501, 0));
    }

    private static NasClient nas() {
        return new NasClient(
                7,
                "bng01",
                1,
                IpPrefix.parse("192.0.2.1"),
                "generic",
                List.of(),
                MessageAuthenticatorMode.AUTO,
                true,
                true,
                Option82Policy.ENFORCE,
                LineAuthentication.OFF,
                null,
                DenialPolicy.REJECT,
                DenialPolicy.REJECT,
                DenialPolicy.REJECT,
                null,
                1000,
                DynamicAuthorization.USUAL,
                null);
    }
}
