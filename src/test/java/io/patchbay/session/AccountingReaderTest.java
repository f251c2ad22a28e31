package io.patchbay.session;

import static io.patchbay.session.AccountingWorld.CIRCUIT;
import static io.patchbay.session.AccountingWorld.INTERIM;
import static io.patchbay.session.AccountingWorld.LINE;
import static io.patchbay.session.AccountingWorld.NOW;
import static io.patchbay.session.AccountingWorld.ON;
import static io.patchbay.session.AccountingWorld.SERVICE;
import static io.patchbay.session.AccountingWorld.START;
import static io.patchbay.session.AccountingWorld.STOP;
import static io.patchbay.session.AccountingWorld.ascii;
import static io.patchbay.session.AccountingWorld.hex;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.lab.GivenNas;
import io.patchbay.session.AccountingRecord.Kind;
import io.patchbay.wire.IpPrefix;
import io.patchbay.wire.Octets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a packet says, in our terms; and what is left out of it because it makes no sense. */
class AccountingReaderTest {
    private final AccountingWorld world = new AccountingWorld();

    @Test
    void aStop() {
        AccountingRecord stop = world.record(STOP, attributes -> {
            attributes.put(1, ascii("alice"));
            attributes.put(32, ascii("bng-7"));
            attributes.put(31, ascii("02-00-00-00-00-07"));
            attributes.put(87, ascii("ge-0/0/0:7"));
            attributes.putVendor(3561, 1, ascii(CIRCUIT));
            attributes.putVendor(3561, 2, ascii("R7"));
            attributes.putInteger(41, 5);
            attributes.putInteger(46, 3600);
            attributes.putInteger(49, 1);
            attributes.putInteger(55, (int) (NOW.getEpochSecond() - 5));
        });

        assertThat(stop.kind()).isEqualTo(Kind.STOP);
        assertThat(stop.nasName()).isEqualTo("nas-127.0.8.1");
        assertThat(stop.nasIdentity()).isEqualTo("bng-7");
        assertThat(stop.nasAddress()).isEqualTo(IpPrefix.parse("127.0.8.1"));
        assertThat(stop.acctSessionId()).isEqualTo(Octets.ofText("s-1"));
        assertThat(stop.receivedAt()).isEqualTo(NOW);
        assertThat(stop.happenedAt()).isEqualTo(NOW.minusSeconds(5));
        assertThat(stop.startedAt()).isEqualTo(NOW.minusSeconds(3605));
        assertThat(stop.eventTimestamp()).isEqualTo(Instant.parse("2026-11-23T11:59:55Z"));
        assertThat(stop.terminateCause()).isEqualTo(1);
        assertThat(stop.userName()).isEqualTo("alice");
        assertThat(stop.circuitId()).isEqualTo(Octets.ofText(CIRCUIT));
        assertThat(stop.remoteId()).isEqualTo(Octets.ofText("R7"));
        assertThat(stop.nasPortId()).isEqualTo(Octets.ofText("ge-0/0/0:7"));
        assertThat(stop.mac()).isEqualTo(Octets.ofHex("020000000007"));
        assertThat(stop.traffic()).isNull();
        assertThat(stop.addresses()).isNull();
        assertThat(stop.released()).isEmpty();
    }

    @Test
    void aBareStart() {
        AccountingRecord start = world.record(START, attributes -> {});

        assertThat(start.kind()).isEqualTo(Kind.START);
        assertThat(start.nasIdentity()).isEmpty();
        assertThat(start.delay()).isZero();
        assertThat(start.sessionTime()).isNull();
        assertThat(start.startedAt()).isEqualTo(NOW);
        assertThat(start.eventTimestamp()).isNull();
        assertThat(start.terminateCause()).isZero();
        assertThat(start.serviceId()).isZero();
        assertThat(start.lineId()).isZero();
        assertThat(start.userName()).isNull();
        assertThat(start.classValue()).isNull();
    }

    @Test
    void aNasWithoutANameIsItsAddress() {
        assertThat(world.record(START, attributes -> attributes.put(4, hex("c0000201")))
                        .nasIdentity())
                .isEqualTo("192.0.2.1");
        assertThat(world.record(START, attributes -> attributes.put(95, hex("20010db8 00000000 00000000 00000001")))
                        .nasIdentity())
                .isEqualTo("2001:db8:0:0:0:0:0:1");
        assertThat(world.record(START, attributes -> attributes.put(4, hex("c00002")))
                        .nasIdentity())
                .isEmpty();
    }

    @Test
    void accountingOnNeedsNoSession() {
        Reading reading = world.reading(attributes -> attributes.putInteger(40, ON));

        assertThat(reading).isInstanceOfSatisfying(Reading.Read.class, read -> {
            assertThat(read.record().kind()).isEqualTo(Kind.ON);
            assertThat(read.record().acctSessionId()).isEqualTo(Octets.EMPTY);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {9, 10, 11, 12, 13, 14, 15, 0, 4, -1})
    void whatTellsOfNoSession(int statusType) {
        assertThat(world.reading(attributes -> attributes.putInteger(40, statusType)))
                .isEqualTo(new Reading.NoSession(statusType & 0xffffffffL));
    }

    @Test
    void whatCannotBeStored() {
        assertThat(world.reading(attributes -> attributes.put(44, ascii("s-1"))))
                .isEqualTo(new Reading.Incomplete(Reading.Missing.STATUS_TYPE));
        assertThat(world.reading(attributes -> attributes.put(40, hex("0001"))))
                .isEqualTo(new Reading.Incomplete(Reading.Missing.STATUS_TYPE));
        assertThat(world.reading(attributes -> attributes.putInteger(40, STOP)))
                .isEqualTo(new Reading.Incomplete(Reading.Missing.SESSION_ID));
        assertThat(world.reading(attributes -> {
                    attributes.putInteger(40, INTERIM);
                    attributes.put(44, new byte[0]);
                }))
                .isEqualTo(new Reading.Incomplete(Reading.Missing.SESSION_ID));
    }

    /** Clocks are wrong in every direction; the times by our clock do not depend on them. */
    @ParameterizedTest
    @ValueSource(longs = {1, 1_000_000_000L, 4_294_967_295L})
    void aSkewedClock(long seconds) {
        AccountingRecord record = world.record(INTERIM, attributes -> {
            attributes.putInteger(55, (int) seconds);
            attributes.putInteger(46, 60);
        });

        assertThat(record.eventTimestamp()).isEqualTo(Instant.ofEpochSecond(seconds));
        assertThat(record.startedAt()).isEqualTo(NOW.minusSeconds(60));
    }

    @Test
    void damagedValuesAreLeftOut() {
        AccountingRecord record = world.record(STOP, attributes -> {
            attributes.put(41, hex("ffffffff"));
            attributes.put(46, hex("ffffffff"));
            attributes.put(49, hex("ffffffff"));
            attributes.put(55, hex("00000000"));
            attributes.put(42, hex("01"));
            attributes.put(8, hex("c00002"));
            attributes.put(97, hex("0081 20010db8"));
            attributes.put(97, hex("0040 20010db8"));
            attributes.put(123, hex("00"));
            attributes.put(168, hex("20010db8"));
            attributes.put(31, ascii("not a mac"));
        });

        assertThat(record.delay()).isZero();
        assertThat(record.sessionTime()).isNull();
        assertThat(record.terminateCause()).isZero();
        assertThat(record.eventTimestamp()).isNull();
        assertThat(record.traffic()).isNull();
        assertThat(record.addresses()).isNull();
        assertThat(record.mac()).isNull();
    }

    @Test
    void longDelaysAreBelieved() {
        assertThat(world.record(STOP, attributes -> attributes.putInteger(41, 86_400))
                        .delay())
                .isEqualTo(Duration.ofDays(1));
    }

    @Test
    void ourClassNamesTheServiceAmongOthers() {
        AccountingRecord record = world.record(START, attributes -> {
            attributes.put(25, ascii("of a proxy"));
            attributes.put(25, ascii("pb1:" + SERVICE));
            attributes.put(1, ascii("somebody else"));
        });

        assertThat(record.serviceId()).isEqualTo(SERVICE);
        assertThat(record.lineId()).isEqualTo(LINE);
        assertThat(record.classValue()).isEqualTo(Octets.ofText("pb1:" + SERVICE));
    }

    @Test
    void theClassOfAServiceThatIsGoneStillNamesIt() {
        AccountingRecord record = world.record(STOP, attributes -> attributes.put(25, ascii("pb1:999")));

        assertThat(record.serviceId()).isEqualTo(999);
        assertThat(record.lineId()).isZero();
    }

    @Test
    void theUserNameIsReadByTheTenantsRules() {
        assertThat(world.record(START, attributes -> attributes.put(1, ascii("Alice@isp.example")))
                        .serviceId())
                .isEqualTo(SERVICE);
        assertThat(world.record(START, attributes -> attributes.put(1, ascii("bob")))
                        .serviceId())
                .isZero();
    }

    @Test
    void theLineNamesTheServiceWhereItIsTrusted() {
        AccountingRecord record = world.record(START, attributes -> {
            attributes.put(1, ascii("02:00:00:00:00:07"));
            attributes.putVendor(3561, 1, ascii("olt1 eth 00/01:007"));
        });
        assertThat(record.serviceId()).isEqualTo(SERVICE);
        assertThat(record.lineId()).isEqualTo(LINE);

        AccountingWorld untrusted = new AccountingWorld(new GivenNas("127.0.8.1").untrusted());
        assertThat(untrusted
                        .record(START, attributes -> attributes.putVendor(3561, 1, ascii(CIRCUIT)))
                        .serviceId())
                .isZero();
    }
}
