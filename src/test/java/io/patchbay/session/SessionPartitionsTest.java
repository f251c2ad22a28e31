package io.patchbay.session;

import static io.patchbay.session.Told.interim;
import static io.patchbay.session.Told.start;
import static io.patchbay.session.Told.stop;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Days and months of accounting come and go. */
class SessionPartitionsTest {
    private static final int MIDNIGHT = 12 * 3600;

    private final StoreFixture store = new StoreFixture();

    @Test
    void theComingDaysAndMonthsAreThereAhead() {
        assertThat(partitions("accounting_record_"))
                .hasSize(8)
                .startsWith("accounting_record_20260310")
                .endsWith("accounting_record_20260317");
        assertThat(partitions("session_archive_"))
                .containsExactly("session_archive_202603", "session_archive_202604", "session_archive_202605");
        assertThat(partitions("session_address_archive_")).hasSize(3);
    }

    @Test
    void recordsOnBothSidesOfMidnightGoToTheirDays() {
        store.tell(start("a").at(MIDNIGHT - 0.001), start("b").at(MIDNIGHT));
        store.tell(interim("a", 300).at(MIDNIGHT + 300));
        assertThat(rows("accounting_record_20260310")).isEqualTo(1);
        assertThat(rows("accounting_record_20260311")).isEqualTo(2);
        assertThat(store.sessions())
                .containsExactly(
                        "a started=43199.999 seen seconds=300 down=0 up=0 heard=43500 live",
                        "b started=43200 seen seconds=0 down=0 up=0 heard=43200 live");
    }

    @Test
    void aDayThatNobodyMadeIsMadeByItsFirstRecord() {
        store.jdbc.execute("drop table accounting_record_20260311");
        store.tell(start("a").at(MIDNIGHT - 0.001), start("b").at(MIDNIGHT));
        assertThat(rows("accounting_record_20260311")).isEqualTo(1);
        assertThat(store.count()).isEqualTo(2);
        assertThat(store.sessions()).hasSize(2);
    }

    @Test
    void makingThemAgainIsHarmless() {
        store.partitions.makeAhead();
        assertThat(partitions("accounting_record_")).hasSize(8);
    }

    @Test
    void whatIsOlderThanItIsKeptGoesAWholePartitionAtATime() {
        store.tell(start("a").holding("198.51.100.1"), start("b"), stop("a", 900));
        store.sweeps(Duration.ofHours(2)).archiveSessions();
        at(Told.NOON.plus(Duration.ofDays(35))).dropOld();
        assertThat(partitions("accounting_record_")).startsWith("accounting_record_20260310");
        at(Told.NOON.plus(Duration.ofDays(36))).dropOld();
        assertThat(partitions("accounting_record_")).startsWith("accounting_record_20260311");
        assertThat(partitions("session_archive_")).contains("session_archive_202603");
        assertThat(store.sessions()).hasSize(2);
        at(Instant.parse("2027-05-10T12:00:00Z")).dropOld();
        assertThat(partitions("session_archive_")).containsExactly("session_archive_202604", "session_archive_202605");
        assertThat(partitions("session_address_archive_")).hasSize(2);
        assertThat(store.sessions()).containsExactly("b started=0 seen seconds=0 down=0 up=0 heard=0 live");
        assertThat(store.count()).as("records stored, dropped ones too").isEqualTo(3);
    }

    private SessionPartitions at(Instant now) {
        return new SessionPartitions(
                store.database, Clock.fixed(now, ZoneOffset.UTC), Duration.ofDays(35), Duration.ofDays(400));
    }

    private List<String> partitions(String prefix) {
        return store.jdbc.queryForList(
                "select relname from pg_class where relname ~ ? and relkind = 'r' order by 1",
                String.class,
                "^" + prefix + "\\d+$");
    }

    private long rows(String table) {
        return store.jdbc.queryForObject("select count(*) from " + table, Long.class);
    }
}
