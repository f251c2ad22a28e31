package io.patchbay.session;

import static io.patchbay.session.Told.interim;
import static io.patchbay.session.Told.on;
import static io.patchbay.session.Told.start;
import static io.patchbay.session.Told.stop;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

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
}
