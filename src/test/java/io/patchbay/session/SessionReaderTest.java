package io.patchbay.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.database.TestDatabase;
import io.patchbay.session.SessionFilter.Position;
import io.patchbay.session.SessionFilter.State;
import io.patchbay.wire.IpPrefix;
import io.patchbay.wire.Octets;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** Which sessions are found by what is known of them. */
class SessionReaderTest {
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

    private final DataSource database = TestDatabase.fresh();
    private final JdbcTemplate jdbc = new JdbcTemplate(database);
    private final SessionReader reader = new SessionReader(jdbc);

    @Test
    void aSessionShowsBothClocksItsCountersAndWhatItHeld() {
        long id = at(0).user("alice")
                .circuit("olt 1")
                .nasClock(NOON.plusSeconds(3600))
                .holds("ipv4-address", "192.0.2.7/32")
                .holds("ipv6-delegated-prefix", "2001:db8:100::/56", NOON.plusSeconds(5), NOON.plusSeconds(50))
                .holdsPorts("198.51.100.1/32", 1024, 2047)
                .stopped(NOON.plusSeconds(600))
                .store(jdbc);
        SessionView session = reader.session(id).orElseThrow();
        assertThat(session.state()).isEqualTo("ended");
        assertThat(session.endCause()).isEqualTo("User-Request");
        assertThat(session.startedAt()).isEqualTo(NOON);
        assertThat(session.nasStartedAt()).isEqualTo(NOON.plusSeconds(3600));
        assertThat(session.bytesDown()).isEqualTo(5_000_000_000L);
        assertThat(session.bytesUp()).isEqualTo(1000);
        assertThat(session.ipv6BytesDown()).isNull();
        assertThat(session.circuitId()).isEqualTo("olt 1");
        assertThat(session.addresses())
                .containsExactlyInAnyOrder(
                        new SessionView.Address(
                                "ipv4-address", "192.0.2.7/32", null, null, NOON, NOON.plusSeconds(600)),
                        new SessionView.Address(
                                "ipv6-delegated-prefix",
                                "2001:db8:100::/56",
                                null,
                                null,
                                NOON.plusSeconds(5),
                                NOON.plusSeconds(50)),
                        new SessionView.Address(
                                "public-ipv4-ports", "198.51.100.1/32", 1024, 2047, NOON, NOON.plusSeconds(600)));
        assertThat(reader.session(id + 1_000)).isEmpty();
    }

    @Test
    void eachNameOfASessionFindsIt() {
        long service = service();
        long wanted = at(0).of(service, 77L)
                .user("alice")
                .circuit("olt 1")
                .mac((byte) 2, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 1)
                .nas(8, "bng-8")
                .store(jdbc);
        at(1).of(service + 1, 78L).user("bob").circuit("olt 2").store(jdbc);
        long subscriber = jdbc.queryForObject("select subscriber_id from service where id = ?", Long.class, service);
        assertThat(found(filter().subscriberId(subscriber))).containsExactly(wanted);
        assertThat(found(filter().serviceId(service))).containsExactly(wanted);
        assertThat(found(filter().lineId(77L))).containsExactly(wanted);
        assertThat(found(filter().nas("bng-8"))).containsExactly(wanted);
        assertThat(found(filter().userName("alice"))).containsExactly(wanted);
        assertThat(found(filter().circuitId(Octets.ofText("olt 1")))).containsExactly(wanted);
        assertThat(found(filter().mac(Octets.ofHex("020000000001")))).containsExactly(wanted);
    }

    @Test
    void anAddressFindsWhatContainsItAndAPrefixWhatLiesInIt() {
        long v4 = at(0).holds("ipv4-address", "192.0.2.7/32").store(jdbc);
        long v6 = at(1).holds("ipv6-delegated-prefix", "2001:db8:100::/56").store(jdbc);
        long other = at(2).holds("ipv4-address", "192.0.3.0/32").store(jdbc);
        assertThat(byAddress("192.0.2.7")).containsExactly(v4);
        assertThat(byAddress("192.0.2.0/24")).containsExactly(v4);
        assertThat(byAddress("192.0.2.128/25")).isEmpty();
        assertThat(byAddress("192.0.2.9/23")).containsExactly(other, v4);
        assertThat(byAddress("0.0.0.0/0")).containsExactly(other, v4);
        assertThat(byAddress("2001:db8:100:ff::1")).containsExactly(v6);
        assertThat(byAddress("2001:db8:100:100::1")).isEmpty();
        assertThat(byAddress("2001:db8::/32")).containsExactly(v6);
        assertThat(byAddress("2001:db8:100::/57")).containsExactly(v6);
        assertThat(byAddress("::/0")).containsExactly(v6);
    }

    @Test
    void statesAreToldApart() {
        long live = at(0).store(jdbc);
        long ended = at(1).stopped(NOON.plusSeconds(60)).store(jdbc);
        long presumed = at(2).presumedOver(NOON.plusSeconds(60), NOON.plusSeconds(90), "silent")
                .store(jdbc);
        assertThat(found(filter().state(State.LIVE))).containsExactly(live);
        assertThat(found(filter().state(State.ENDED))).containsExactly(ended);
        assertThat(found(filter().state(State.PRESUMED))).containsExactly(presumed);
        assertThat(reader.session(presumed).orElseThrow().state()).isEqualTo("presumed");
    }

    @Test
    void aTimeFindsWhatWasThereThen() {
        long before = at(-600).stopped(NOON.minusSeconds(300)).store(jdbc);
        long across = at(-60).stopped(NOON.plusSeconds(60)).store(jdbc);
        long live = at(10).store(jdbc);
        assertThat(found(filter().from(NOON))).containsExactly(live, across);
        assertThat(found(filter().to(NOON))).containsExactly(across, before);
        assertThat(found(filter().from(NOON).to(NOON))).containsExactly(across);
    }

    @Test
    void pagesHoldEachSessionOnceEvenThoseOfOneMoment() {
        List<Long> stored = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            stored.addFirst(at(i / 3).store(jdbc));
        }
        List<Long> read = new ArrayList<>();
        Position position = null;
        for (List<SessionView> page = reader.find(filter().build(), 2);
                !page.isEmpty();
                page = reader.find(filter().before(position).build(), 2)) {
            page.forEach(session -> read.add(session.id()));
            position = new Position(page.getLast().startedAt(), page.getLast().id());
        }
        assertThat(read).isEqualTo(stored);
    }

    @Test
    void recordsComeInTheOrderOfArrivalPageByPage() {
        jdbc.execute("create table record_day partition of accounting_record for values from (minvalue) to (maxvalue)");
        long id = at(0).store(jdbc);
        for (int i = 0; i < 7; i++) {
            jdbc.update(
                    "insert into accounting_record (session_id, received_at, kind, session_seconds, bytes_down)"
                            + " values (?, ?, ?, ?, ?)",
                    id,
                    Timestamp.from(NOON.plusSeconds(i / 3)),
                    i == 0 ? "start" : "interim",
                    i * 10,
                    i);
        }
        RecordReader records = new RecordReader(jdbc);
        List<Long> bytes = new ArrayList<>();
        RecordReader.Position position = RecordReader.Position.FIRST;
        for (List<RecordView> page = records.ofSession(id, position, 2);
                !page.isEmpty();
                page = records.ofSession(id, position, 2)) {
            page.forEach(record -> bytes.add(record.bytesDown()));
            position = position.after(page);
        }
        assertThat(bytes).containsExactlyInAnyOrder(0L, 1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(records.ofSession(id, RecordReader.Position.FIRST, 10)
                        .getLast()
                        .receivedAt())
                .isEqualTo(NOON.plus(Duration.ofSeconds(2)));
    }

    @Test
    void theMonthsHaveTheIndexesOfThePastAndTheLiveSessionsHaveNot() {
        Clock november = Clock.fixed(NOON, ZoneOffset.UTC);
        new SessionPartitions(database, november, Duration.ofDays(35), Duration.ofDays(400)).makeAhead();
        String columns = "select count(*) from pg_indexes where tablename = ? and indexdef like ?";
        for (String column : List.of("%(user_name)", "%(mac)", "%(circuit_id)", "%(line_id)")) {
            assertThat(jdbc.queryForObject(columns, Integer.class, "session_archive_202611", column))
                    .as(column)
                    .isEqualTo(1);
            assertThat(jdbc.queryForObject(columns, Integer.class, "session_live", column))
                    .as(column)
                    .isZero();
        }
    }

    private static GivenSession at(int seconds) {
        return new GivenSession("s" + seconds + "-" + System.nanoTime(), NOON.plusSeconds(seconds));
    }

    private List<Long> byAddress(String address) {
        return found(filter().address(IpPrefix.parse(address)));
    }

    private List<Long> found(Wanted wanted) {
        return reader.find(wanted.build(), 100).stream().map(SessionView::id).toList();
    }

    private static Wanted filter() {
        return new Wanted();
    }

    private long service() {
        return jdbc.queryForObject("""
                with person as (insert into subscriber (tenant_id, external_id) select id, 'x' from tenant
                    returning id, tenant_id)
                insert into service (subscriber_id, tenant_id, plan_id)
                select person.id, person.tenant_id, plan.id from person join plan on plan.tenant_id = person.tenant_id
                returning id""", Long.class);
    }

    /** A filter of which only some parts are said. */
    private static final class Wanted {
        private Long subscriberId;
        private Long serviceId;
        private Long lineId;
        private String nas;
        private String userName;
        private Octets circuitId;
        private Octets mac;
        private IpPrefix address;
        private State state;
        private Instant from;
        private Instant to;
        private Position before;

        SessionFilter build() {
            return new SessionFilter(
                    subscriberId, serviceId, lineId, nas, userName, circuitId, mac, address, state, from, to, before);
        }

        Wanted subscriberId(long id) {
            subscriberId = id;
            return this;
        }

        Wanted serviceId(long id) {
            serviceId = id;
            return this;
        }

        Wanted lineId(long id) {
            lineId = id;
            return this;
        }

        Wanted nas(String name) {
            nas = name;
            return this;
        }

        Wanted userName(String name) {
            userName = name;
            return this;
        }

        Wanted circuitId(Octets value) {
            circuitId = value;
            return this;
        }

        Wanted mac(Octets value) {
            mac = value;
            return this;
        }

        Wanted address(IpPrefix value) {
            address = value;
            return this;
        }

        Wanted state(State value) {
            state = value;
            return this;
        }

        Wanted from(Instant value) {
            from = value;
            return this;
        }

        Wanted to(Instant value) {
            to = value;
            return this;
        }

        Wanted before(Position value) {
            before = value;
            return this;
        }
    }
}
