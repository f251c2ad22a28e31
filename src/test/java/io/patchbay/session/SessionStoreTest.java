package io.patchbay.session;

import static io.patchbay.session.Told.interim;
import static io.patchbay.session.Told.on;
import static io.patchbay.session.Told.start;
import static io.patchbay.session.Told.stop;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.commit.StoreAwayException;
import io.patchbay.wire.IpPrefix;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.postgresql.Driver;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

/** What becomes of accounting records in the database. */
class SessionStoreTest {
    private final StoreFixture store = new StoreFixture();

    @Test
    void aSessionFromStartToStop() {
        store.tell(start("a").service(7).holding("198.51.100.1", "2001:db8:0:100::/56"));
        store.tell(interim("a", 300).bytes(1_000, 500));
        store.tell(interim("a", 600).bytes(2_000, 700));
        store.tell(stop("a", 900).bytes(3_000, 900));
        assertThat(store.sessions())
                .containsExactly("a started=0 seen seconds=900 down=3000 up=900 heard=900 ended=900 user-request");
        assertThat(store.addresses())
                .containsExactly("a 198.51.100.1/32 from=0 until=null", "a 2001:db8:0:100::/56 from=0 until=null");
        assertThat(store.records()).containsExactly("a start null", "a interim 300", "a interim 600", "a stop 900");
        assertThat(store.count()).isEqualTo(4);
    }

    @Test
    void aWholeCycleInOneGroup() {
        store.tell(
                start("a"),
                start("b"),
                interim("a", 300).bytes(10, 1),
                stop("b", 20).bytes(5, 5),
                stop("a", 400).bytes(20, 2));
        assertThat(store.sessions())
                .containsExactly(
                        "a started=0 seen seconds=400 down=20 up=2 heard=400 ended=400 user-request",
                        "b started=0 seen seconds=20 down=5 up=5 heard=20 ended=20 user-request");
        assertThat(store.count()).isEqualTo(5);
    }

    @Test
    void whatIsToldAgainIsStoredOnce() {
        List<Told> told = List.of(
                start("a").holding("198.51.100.1"),
                interim("a", 300).bytes(10, 1).holding("198.51.100.1"),
                interim("a", 600).sessionTime(null).bytes(15, 1),
                stop("a", 900).bytes(20, 2));
        told.forEach(record -> store.tell(record));
        told.forEach(record -> store.tell(record.again(3)));
        store.tell(told.stream().map(record -> record.again(9)).toArray(Told[]::new));
        assertThat(store.count()).isEqualTo(4);
        assertThat(store.records()).hasSize(4);
        assertThat(store.addresses()).hasSize(1);
        assertThat(store.sessions())
                .containsExactly("a started=0 seen seconds=900 down=20 up=2 heard=900 ended=900 user-request");
    }

    @Test
    void addressesComeAndGoWithinASession() {
        store.tell(start("a").holding("198.51.100.1"));
        store.tell(interim("a", 300).holding("198.51.100.1", "2001:db8::/56"));
        store.tell(interim("a", 600));
        store.tell(interim("a", 900).holding("2001:db8::/56"));
        store.tell(interim("a", 450).holding("198.51.100.1"));
        assertThat(store.addresses())
                .containsExactly("a 198.51.100.1/32 from=0 until=900", "a 2001:db8::/56 from=300 until=null");
    }

    @Test
    void aRestartEndsWhatWasHeardBefore() {
        store.tell(start("a"), start("b").at(100), start("c").nas(1, "bng-2"));
        store.tell(on().at(50));
        store.tell(on().at(50).again(2));
        assertThat(store.sessions())
                .containsExactly(
                        "a started=0 seen seconds=0 down=0 up=0 heard=0 ended=50 nas-restart presumed",
                        "b started=100 seen seconds=0 down=0 up=0 heard=100 live",
                        "c started=0 seen seconds=0 down=0 up=0 heard=0 live");
        assertThat(store.count()).isEqualTo(4);
        store.tell(start("d").at(10));
        store.tell(interim("a", 300).bytes(1, 1));
        assertThat(store.sessions())
                .contains(
                        "a started=0 seen seconds=300 down=1 up=1 heard=300 live",
                        "d started=10 seen seconds=0 down=0 up=0 heard=10 ended=50 nas-restart presumed");
    }

    @Test
    void aNasWith10000SessionsRestarts() {
        Told[] starts = IntStream.range(0, 10_000)
                .mapToObj(i -> start("s%05d".formatted(i)))
                .toArray(Told[]::new);
        for (int from = 0; from < starts.length; from += 1_000) {
            store.tell(Arrays.copyOfRange(starts, from, from + 1_000));
        }
        store.tell(start("elsewhere").nas(2, "bng-1"), start("later").at(60));
        store.tell(on().at(30));
        assertThat(store.jdbc.queryForObject(
                        "select count(*) from session where end_cause = 'nas-restart' and presumed", Long.class))
                .isEqualTo(10_000);
        assertThat(store.sessions())
                .filteredOn(session -> session.endsWith("live"))
                .hasSize(2);
        store.tell(interim("s00042", 600));
        assertThat(store.sessions())
                .filteredOn(session -> session.endsWith("live"))
                .hasSize(3);
    }

    @Test
    void aRestartWithoutSessionIdThatIsToldByTwoNodesIsOne() throws Exception {
        store.tell(start("a"));
        atOnce(() -> store.tell(on().at(10)), () -> store.tell(on().at(10).again(1)));
        assertThat(store.count()).isEqualTo(2);
        assertThat(store.jdbc.queryForObject("select count(*) from nas_restart", Long.class))
                .isEqualTo(1);
    }

    @Test
    void twoWritersAtTheSameSessionsLoseNothing() throws Exception {
        int sessions = 40;
        int interims = 30;
        atOnce(() -> tellAll(sessions, interims, 0), () -> tellAll(sessions, interims, 1));
        assertThat(store.count()).isEqualTo((long) sessions * (interims + 2));
        assertThat(store.jdbc.queryForObject("select count(*) from accounting_record", Long.class))
                .isEqualTo((long) sessions * (interims + 2));
        assertThat(store.sessions())
                .hasSize(sessions)
                .allMatch(session ->
                        session.endsWith("started=0 seen seconds=990 down=990 up=30 heard=990 ended=990 user-request"));
        assertThat(store.addresses()).hasSize(sessions);
    }

    /** Both tell of every session, in opposite orders, each every other record and some of the other's. */
    private void tellAll(int sessions, int interims, int writer) {
        for (int step = 0; step <= interims + 1; step++) {
            List<Told> group = new ArrayList<>();
            for (int i = 0; i < sessions; i++) {
                int session = writer == 0 ? i : sessions - 1 - i;
                if ((step + session) % 2 == writer || step % 3 == 0) {
                    group.add(record("s%02d".formatted(session), step, interims).holding("198.51.100." + session));
                }
            }
            store.tell(group.toArray(Told[]::new));
        }
    }

    private static Told record(String session, int step, int interims) {
        if (step == 0) {
            return start(session);
        }
        return step > interims
                ? stop(session, 990).bytes(990, 30)
                : interim(session, step * 30).bytes(step * 30L, step);
    }

    private static void atOnce(Runnable... actions) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(actions.length)) {
            List<Future<?>> futures = new ArrayList<>();
            for (Runnable action : actions) {
                futures.add(threads.submit(action));
            }
            for (Future<?> future : futures) {
                future.get();
            }
        }
    }

    @Test
    void aDatabaseThatIsAwayIsSaidToBeAway() {
        DataSource away =
                new SimpleDriverDataSource(new Driver(), "jdbc:postgresql://127.0.0.1:1/nowhere?connectTimeout=1");
        SessionStore store = new SessionStore(away, null, Clock.systemUTC(), "test");
        assertThatThrownBy(() -> store.storeRecords(List.of(start("a").record())))
                .isInstanceOf(StoreAwayException.class);
    }

    @Test
    void aUserNameWithNulIsStoredWithoutIt() {
        store.tell(start("a\0b"));
        assertThat(store.jdbc.queryForObject("select user_name from session", String.class))
                .isEqualTo("user-a\uFFFDb");
    }

    @Test
    void ipv4WithinIpv6IsAnAddressLikeAnother() {
        store.tell(start("a").holding("2001:db8::/56").blocks(List.of(MAPPED), null));
        store.tell(interim("a", 300).holding("2001:db8::/56"));
        assertThat(store.addresses()).contains("a ::ffff:192.0.2.1/128 from=0 until=300");
    }

    private static final HeldAddress MAPPED =
            HeldAddress.whole(HeldAddress.Kind.IPV6_ADDRESS, new IpPrefix(true, 0, 0xffff_c000_0201L, 128));
}
