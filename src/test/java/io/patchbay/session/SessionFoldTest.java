package io.patchbay.session;

import static io.patchbay.session.Told.interim;
import static io.patchbay.session.Told.second;
import static io.patchbay.session.Told.start;
import static io.patchbay.session.Told.stop;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.patchbay.wire.IpPrefix;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How records make a session; without a database. */
class SessionFoldTest {
    private static final long TEBIBYTE = 1L << 40;
    private static final int HOURS = 3600;

    @Test
    void aStopWithoutItsStartMakesTheSession() {
        Session session = only(stop("a", 900).bytes(70, 7));
        assertThat(session.startedAt).isEqualTo(second(0));
        assertThat(session.startSeen).isFalse();
        assertThat(session.endedAt).isEqualTo(second(900));
        assertThat(session.traffic.bytesDown()).isEqualTo(70);
    }

    @Test
    void aLateStartCompletesIt() {
        Session session = only(interim("a", 300), start("a").again(320));
        assertThat(session.startSeen).isTrue();
        assertThat(session.startedAt).isEqualTo(second(0));
        assertThat(session.lastHeardAt).isEqualTo(second(300));
    }

    @Test
    void aLateRecordLowersNothing() {
        Session session = only(
                start("a"), interim("a", 600).bytes(60, 6), interim("a", 300).bytes(30, 9));
        assertThat(session.sessionSeconds).isEqualTo(600);
        assertThat(session.traffic.bytesDown()).isEqualTo(60);
        assertThat(session.traffic.bytesUp()).isEqualTo(9);
        assertThat(session.lastHeardAt).isEqualTo(second(600));
    }

    @Test
    void aCounterThatWrapsAt32BitsStaysWhereItWas() {
        // A NAS without gigawords; what it counts after the wrap is lost until it counts beyond what it has counted
        // before.
        Session session = only(
                start("a"),
                interim("a", 300).bytes(0xffff_fff0L, 10),
                interim("a", 600).bytes(5_000, 20),
                stop("a", 900).bytes(9_000, 30));
        assertThat(session.traffic.bytesDown()).isEqualTo(0xffff_fff0L);
        assertThat(session.traffic.bytesUp()).isEqualTo(30);
    }

    @Test
    void aSessionOf5TebibytesIsNothingSpecial() {
        Session session = only(
                start("a"),
                interim("a", 300).bytes(5 * TEBIBYTE - 1, TEBIBYTE),
                stop("a", 600).bytes(5 * TEBIBYTE, TEBIBYTE));
        assertThat(session.traffic.bytesDown()).isEqualTo(5 * TEBIBYTE);
        assertThat(session.traffic.bytesUp()).isEqualTo(TEBIBYTE);
    }

    @Test
    void whatIsToldAgainIsNotTakenInAgain() {
        List<Told> told = List.of(
                start("a"),
                interim("a", 300).bytes(30, 3),
                interim("a", 600).sessionTime(null).bytes(60, 6),
                interim("a", 700).sessionTime(null).noNasClock(),
                stop("a", 900).bytes(90, 9));
        List<Told> twice = new ArrayList<>(told);
        told.forEach(record -> twice.add(record.again(7)));
        SessionFold fold = fold(twice.toArray(Told[]::new));
        assertThat(fold.stored()).isEqualTo(5);
        assertThat(fold.changed()).singleElement().satisfies(session -> assertThat(session.told())
                .hasSize(5));
    }

    @Test
    void twoInterimsOfOneMomentThatCountDifferentlyAreTwo() {
        assertThat(fold(
                                start("a"),
                                interim("a", 300).bytes(1, 1),
                                interim("a", 300).bytes(2, 1))
                        .stored())
                .isEqualTo(3);
    }

    @Test
    void anInterimAfterTheStopCountsButDoesNotReopen() {
        Session session =
                only(start("a"), stop("a", 900).bytes(90, 9), interim("a", 950).bytes(95, 9));
        assertThat(session.isFinal()).isTrue();
        assertThat(session.endedAt).isEqualTo(second(900));
        assertThat(session.traffic.bytesDown()).isEqualTo(95);
    }

    @Test
    void ofTwoStopsTheLaterCounts() {
        Session session = only(start("a"), stop("a", 900), stop("a", 960));
        assertThat(session.endedAt).isEqualTo(second(960));
        assertThat(only(start("a"), stop("a", 960), stop("a", 900)).endedAt).isEqualTo(second(960));
    }

    @Test
    void aRestartEndsWhatWasHeardBeforeAndANewerInterimOpensItAgain() {
        Map<NasIdentity, Instant> restart = Map.of(new NasIdentity(1, "bng-1"), second(100));
        assertThat(only(restart, start("a")).endCause).isEqualTo("nas-restart");
        assertThat(only(restart, start("a")).presumed).isTrue();
        assertThat(only(restart, start("a").at(101)).isLive()).isTrue();
        assertThat(only(restart, start("a"), interim("a", 300)).isLive()).isTrue();
        assertThat(only(restart, interim("a", 300), start("a")).isLive()).isTrue();
        assertThat(only(restart, start("a").nas(1, "bng-2")).isLive()).isTrue();
        assertThat(only(restart, start("a"), stop("a", 90)).endCause).isEqualTo("user-request");
    }

    @Test
    void anIdThatIsUsedAgainIsAnotherSession() {
        List<Session> sessions = all(start("a"), interim("a", 300), start("a").at(2 * HOURS));
        assertThat(sessions).hasSize(2);
        assertThat(sessions.get(0).endCause).isEqualTo("replaced");
        assertThat(sessions.get(0).presumed).isTrue();
        assertThat(sessions.get(0).endedAt).isEqualTo(second(2 * HOURS));
        assertThat(sessions.get(1).isLive()).isTrue();
        assertThat(sessions.get(1).era).isEqualTo(1);
    }

    @Test
    void anIdThatIsUsedAgainRightAfterTheStopIsAnotherSession() {
        assertThat(all(start("a"), stop("a", 10), start("a").at(20))).hasSize(2);
    }

    @Test
    void ifItsStartIsLostItsInterimTellsTheEra() {
        List<Session> sessions = all(
                start("a"),
                interim("a", 300),
                interim("a", 300).at(2 * HOURS),
                interim("a", 600).at(2 * HOURS + 300));
        assertThat(sessions).hasSize(2);
        assertThat(sessions.get(1).startedAt).isEqualTo(second(2 * HOURS - 300));
        assertThat(sessions.get(1).sessionSeconds).isEqualTo(600);
    }

    @Test
    void aLateStopFindsItsEarlierEra() {
        List<Session> sessions =
                all(start("a"), start("a").at(2 * HOURS), stop("a", 900).again(2 * HOURS));
        assertThat(sessions.get(0).endCause).isEqualTo("user-request");
        assertThat(sessions.get(0).isFinal()).isTrue();
        assertThat(sessions.get(1).isLive()).isTrue();
    }

    @Test
    void whoSaysThatItBeganLongBeforeAnythingKnownIsTheKnownSession() {
        // A load generator, or a NAS that counts from somewhere else: 300 s of session time after one second.
        assertThat(all(
                        start("a"),
                        interim("a", 300).at(1),
                        interim("a", 600).at(2),
                        interim("a", 3 * HOURS).at(3),
                        stop("a", 4 * HOURS).at(4)))
                .hasSize(1);
    }

    @Test
    void aClockThatIsHoursOffSplitsNothing() {
        assertThat(all(
                        start("a").nasClock(-5 * HOURS),
                        interim("a", 300).nasClock(-5 * HOURS + 300),
                        stop("a", 900).nasClock(-5 * HOURS + 900)))
                .hasSize(1);
    }

    @Test
    void aClockThatJumpsSplitsNothing() {
        assertThat(all(
                        start("a").nasClock(-5 * HOURS),
                        interim("a", 300).nasClock(300),
                        start("a").nasClock(0).again(400),
                        stop("a", 900).nasClock(7 * HOURS)))
                .hasSize(1);
    }

    @Test
    void aNasThatIsLateAndDoesNotSaySoSplitsNothing() {
        // It kept its records for an hour while the way to us was down, and sends no Acct-Delay-Time.
        assertThat(all(
                        start("a").at(HOURS).nasClock(0),
                        interim("a", 300).at(HOURS).nasClock(300),
                        start("a").at(HOURS + 600).nasClock(0),
                        interim("a", HOURS).at(HOURS + 1).nasClock(HOURS)))
                .hasSize(1);
    }

    @Test
    void aSessionTimeThatRunsSlowSplitsNoLongSession() {
        List<Told> told = new ArrayList<>(List.of(start("a").noNasClock()));
        for (int hour = 1; hour <= 40; hour++) {
            told.add(interim("a", hour * (HOURS - 20)).noNasClock().at(hour * HOURS));
        }
        assertThat(all(told.toArray(Told[]::new))).hasSize(1);
    }

    @Test
    void addressesFollowTheRecordsThatNameThem() {
        Session session = only(
                start("a").holding("198.51.100.1"),
                interim("a", 300).holding("198.51.100.1", "2001:db8::/56"),
                interim("a", 600),
                interim("a", 900).holding("2001:db8::/56"),
                interim("a", 450).holding("198.51.100.1"));
        assertThat(session.addressChanges())
                .extracting(span -> span.address, span -> span.from, span -> span.until)
                .containsExactly(
                        tuple(Told.address("198.51.100.1"), second(0), second(900)),
                        tuple(Told.address("2001:db8::/56"), second(300), null));
    }

    @Test
    void portBlocksMayComeAndGoOneByOne() {
        HeldAddress low = block(1024, 2047);
        HeldAddress high = block(2048, 3071);
        Session session = only(
                start("a").holding("100.64.0.1").blocks(List.of(low), null),
                interim("a", 300).holding("100.64.0.1").blocks(List.of(high), List.of()),
                interim("a", 600).blocks(null, List.of(low)));
        assertThat(session.addressChanges())
                .extracting(span -> span.address, span -> span.from, span -> span.until)
                .containsExactly(
                        tuple(Told.address("100.64.0.1"), second(0), null),
                        tuple(low, second(0), second(600)),
                        tuple(high, second(300), null));
    }

    private static HeldAddress block(int from, int to) {
        return new HeldAddress(HeldAddress.Kind.PUBLIC_IPV4_PORTS, IpPrefix.parse("203.0.113.7"), from, to);
    }

    @Test
    void bitsBehindThePrefixLengthDoNotMakeAnotherAddress() {
        assertThat(only(
                                start("a").holding("2001:db8:0:1ff::1/56"),
                                interim("a", 300).holding("2001:db8:0:100::/56"))
                        .addressChanges())
                .singleElement()
                .satisfies(span -> assertThat(span.address).isEqualTo(Told.address("2001:db8:0:100::/56")));
    }

    private static Session only(Told... told) {
        return only(Map.of(), told);
    }

    private static Session only(Map<NasIdentity, Instant> restarts, Told... told) {
        List<Session> sessions = fold(restarts, told).changed();
        assertThat(sessions).hasSize(1);
        return sessions.getFirst();
    }

    private static List<Session> all(Told... told) {
        return fold(told).changed();
    }

    private static SessionFold fold(Told... told) {
        return fold(Map.of(), told);
    }

    private static SessionFold fold(Map<NasIdentity, Instant> restarts, Told... told) {
        long[] id = {0};
        SessionFold fold = new SessionFold(List.of(), restarts, new NothingStored(), () -> ++id[0]);
        Arrays.stream(told).map(Told::record).forEach(fold::add);
        return fold;
    }

    private static final class NothingStored implements SessionHistory {
        @Override
        public List<ToldBefore> told(Session session) {
            return List.of();
        }

        @Override
        public List<AddressSpan> held(Session session) {
            return List.of();
        }
    }
}
