package io.patchbay.session;

import static io.patchbay.session.Told.interim;
import static io.patchbay.session.Told.on;
import static io.patchbay.session.Told.start;
import static io.patchbay.session.Told.stop;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What becomes of sessions that nobody tells of any more. */
class SessionSweepsTest {
    private final StoreFixture store = new StoreFixture();

    @Test
    void whoWasAskedForInterimsIsPresumedOverAfterThreeOfThemAndAnHour() {
        long every30Minutes = store.service(1_800);
        long every5Minutes = store.service(300);
        long never = store.service(0);
        store.tell(
                start("a").service(every30Minutes),
                start("b").service(every5Minutes),
                start("c").service(never),
                start("d"));
        assertThat(store.sweeps(Duration.ofMinutes(59)).closeStaleSessions()).isZero();
        assertThat(store.sweeps(Duration.ofMinutes(61)).closeStaleSessions()).isEqualTo(1);
        assertThat(store.sweeps(Duration.ofMinutes(91)).closeStaleSessions()).isEqualTo(1);
        assertThat(store.sweeps(Duration.ofHours(23)).closeStaleSessions()).isZero();
        assertThat(store.sweeps(Duration.ofHours(25)).closeStaleSessions()).isEqualTo(2);
        assertThat(store.sessions()).allMatch(session -> session.endsWith("heard=0 ended=0 silent presumed"));
    }

    @Test
    void aNewerInterimOpensItAgainAndAStopIsFinal() {
        store.tell(start("a").service(store.service(300)));
        store.sweeps(Duration.ofHours(2)).closeStaleSessions();
        store.tell(interim("a", 10_000));
        assertThat(store.sessions()).containsExactly("a started=0 seen seconds=10000 down=0 up=0 heard=10000 live");
        store.tell(stop("a", 11_000));
        store.tell(interim("a", 10_500));
        assertThat(store.sessions())
                .containsExactly("a started=0 seen seconds=11000 down=0 up=0 heard=11000 ended=11000 user-request");
    }

    @Test
    void whatASlowerWriterStoredBehindARestartIsClosedToo() {
        store.tell(start("a"));
        store.tell(on().at(10));
        store.jdbc.update("update session set ended_at = null, end_cause = null, presumed = false");
        assertThat(store.sweeps(Duration.ofMinutes(2)).closeStaleSessions()).isEqualTo(1);
        assertThat(store.sessions())
                .containsExactly("a started=0 seen seconds=0 down=0 up=0 heard=0 ended=10 nas-restart presumed");
    }

    @Test
    void whatIsTooMuchForTheRestartItselfIsClosedAMinuteLater() {
        store.tell(start("a"));
        store.jdbc.update("""
                insert into session_live (id, nas_client_id, nas_identity, nas_name, nas_address, acct_session_id, started_at,
                    last_heard_at, start_seen)
                select -n, nas_client_id, nas_identity, nas_name, nas_address, convert_to('b' || n, 'UTF8'), started_at,
                    last_heard_at, true from session_live, generate_series(1, 10999) n""");
        store.tell(on().at(10));
        String live = "select count(*) from session_live where ended_at is null";
        assertThat(store.jdbc.queryForObject(live, Long.class)).isEqualTo(1_000);
        assertThat(store.sweeps(Duration.ofMinutes(2)).closeStaleSessions()).isEqualTo(1_000);
    }

    @Test
    void aLaterSessionWithTheSameAddressReplacesASilentOne() {
        long service = store.service(300);
        long other = store.service(300);
        store.tell(
                start("old").service(service).mac("020000000001").holding("198.51.100.1"),
                start("elsewhere").service(other).mac("020000000002").holding("198.51.100.2"));
        store.tell(
                start("new").at(100).service(service).mac("020000000009").holding("198.51.100.1"),
                start("second").at(100).service(other).mac("020000000008").holding("198.51.100.3"));
        assertThat(store.sweeps(Duration.ofSeconds(299)).closeStaleSessions()).isZero();
        assertThat(store.sweeps(Duration.ofSeconds(310)).closeStaleSessions()).isEqualTo(1);
        assertThat(store.sessions())
                .contains("old started=0 seen seconds=0 down=0 up=0 heard=0 ended=100 replaced presumed")
                .filteredOn(session -> session.endsWith("live"))
                .hasSize(3);
    }

    @Test
    void aSessionThatIsHeardOfAfterTheLaterOneBeganStays() {
        long service = store.service(300);
        store.tell(start("old").service(service).holding("198.51.100.1"));
        store.tell(start("new").at(100).service(service).holding("198.51.100.1"));
        store.tell(interim("old", 150));
        assertThat(store.sweeps(Duration.ofMinutes(20)).closeStaleSessions()).isZero();
    }

    @Test
    void anHourAfterItsEndASessionIsArchivedAndStillFound() {
        store.tell(start("a").holding("198.51.100.1"), start("b").holding("198.51.100.2"));
        store.tell(stop("a", 900).bytes(30, 3));
        assertThat(store.sweeps(Duration.ofMinutes(74)).archiveSessions()).isZero();
        assertThat(store.sweeps(Duration.ofMinutes(76)).archiveSessions()).isEqualTo(1);
        assertThat(store.sessions())
                .containsExactly(
                        "a started=0 seen seconds=900 down=30 up=3 heard=900 ended=900 user-request archived",
                        "b started=0 seen seconds=0 down=0 up=0 heard=0 live");
        assertThat(store.addresses()).hasSize(2);

        store.tell(stop("a", 900).bytes(30, 3).again(4_600));
        assertThat(store.count()).isEqualTo(3);
        store.tell(interim("a", 800).bytes(40, 2).again(4_600));
        assertThat(store.sessions())
                .contains("a started=0 seen seconds=900 down=40 up=3 heard=900 ended=900 user-request archived");
        store.tell(start("a").again(4_600));
        assertThat(store.count()).isEqualTo(4);
        assertThat(store.sessions()).hasSize(2);
    }

    @Test
    void anArchivedSessionThatWasNotOverComesBack() {
        store.tell(start("a").service(store.service(300)).holding("198.51.100.1"));
        store.sweeps(Duration.ofHours(2)).closeStaleSessions();
        assertThat(store.sweeps(Duration.ofHours(4)).archiveSessions()).isEqualTo(1);
        store.tell(interim("a", 20_000).bytes(5, 5).holding("198.51.100.1"));
        assertThat(store.sessions()).containsExactly("a started=0 seen seconds=20000 down=5 up=5 heard=20000 live");
        assertThat(store.addresses()).containsExactly("a 198.51.100.1/32 from=0 until=null");
    }

    @Test
    void whileOneNodeSweepsTheOthersDoNot() throws Exception {
        store.tell(start("a"));
        try (Connection other = store.database.getConnection();
                Statement statement = other.createStatement()) {
            statement.execute("select pg_advisory_lock(hashtext('session-sweep'), hashtext('close-stale-sessions'))");
            assertThat(store.sweeps(Duration.ofDays(2)).closeStaleSessions()).isZero();
        }
        assertThat(store.sweeps(Duration.ofDays(2)).closeStaleSessions()).isEqualTo(1);
    }
}
