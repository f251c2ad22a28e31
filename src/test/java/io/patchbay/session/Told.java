package io.patchbay.session;

import io.patchbay.session.AccountingRecord.Kind;
import io.patchbay.wire.IpPrefix;
import io.patchbay.wire.Octets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a NAS says, with what a test cares about. The NAS's clock is ours unless told otherwise; {@link #at} is when it happens,
 * in seconds after {@link #NOON}.
 */
record Told(
        Kind kind,
        String session,
        long nas,
        String nasIdentity,
        double at,
        int delay,
        Double nasClock,
        Integer sessionTime,
        Traffic traffic,
        int terminateCause,
        long service,
        String mac,
        List<HeldAddress> addresses,
        List<HeldAddress> released) {
    static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");

    static Told start(String session) {
        return new Told(Kind.START, session, 1, "bng-1", 0, 0, 0.0, null, null, 0, 0, null, null, null);
    }

    static Told interim(String session, int sessionTime) {
        return new Told(
                Kind.INTERIM,
                session,
                1,
                "bng-1",
                sessionTime,
                0,
                (double) sessionTime,
                sessionTime,
                null,
                0,
                0,
                null,
                null,
                null);
    }

    static Told stop(String session, int sessionTime) {
        return new Told(
                Kind.STOP,
                session,
                1,
                "bng-1",
                sessionTime,
                0,
                (double) sessionTime,
                sessionTime,
                null,
                1,
                0,
                null,
                null,
                null);
    }

    static Told on() {
        return new Told(Kind.ON, "", 1, "bng-1", 0, 0, 0.0, null, null, 0, 0, null, null, null);
    }

    static Told off() {
        return new Told(Kind.OFF, "", 1, "bng-1", 0, 0, 0.0, null, null, 0, 0, null, null, null);
    }

    /** It happens at this second, and the NAS's clock says so. */
    Told at(double second) {
        return with(second, delay, nasClock == null ? null : Double.valueOf(second));
    }

    /** The NAS tells it once more, so many seconds after it happened. */
    Told again(int delay) {
        return with(at, delay, nasClock);
    }

    /** The NAS's clock shows this second. */
    Told nasClock(double second) {
        return with(at, delay, second);
    }

    Told noNasClock() {
        return with(at, delay, null);
    }

    private Told with(double second, int delay, Double nasClock) {
        return new Told(
                kind,
                session,
                nas,
                nasIdentity,
                second,
                delay,
                nasClock,
                sessionTime,
                traffic,
                terminateCause,
                service,
                mac,
                addresses,
                released);
    }

    Told sessionTime(Integer seconds) {
        return new Told(
                kind,
                session,
                nas,
                nasIdentity,
                at,
                delay,
                nasClock,
                seconds,
                traffic,
                terminateCause,
                service,
                mac,
                addresses,
                released);
    }

    Told nas(long client, String identity) {
        return new Told(
                kind,
                session,
                client,
                identity,
                at,
                delay,
                nasClock,
                sessionTime,
                traffic,
                terminateCause,
                service,
                mac,
                addresses,
                released);
    }

    Told service(long id) {
        return new Told(
                kind,
                session,
                nas,
                nasIdentity,
                at,
                delay,
                nasClock,
                sessionTime,
                traffic,
                terminateCause,
                id,
                mac,
                addresses,
                released);
    }

    Told session(String id) {
        return new Told(
                kind,
                id,
                nas,
                nasIdentity,
                at,
                delay,
                nasClock,
                sessionTime,
                traffic,
                terminateCause,
                service,
                mac,
                addresses,
                released);
    }

    Told mac(String hex) {
        return new Told(
                kind,
                session,
                nas,
                nasIdentity,
                at,
                delay,
                nasClock,
                sessionTime,
                traffic,
                terminateCause,
                service,
                hex,
                addresses,
                released);
    }

    /** Bytes only; a packet for every thousand. */
    Told bytes(long down, long up) {
        return traffic(new Traffic(down, up, down / 1_000, up / 1_000, -1, -1, -1, -1));
    }

    Told traffic(Traffic counters) {
        return new Told(
                kind,
                session,
                nas,
                nasIdentity,
                at,
                delay,
                nasClock,
                sessionTime,
                counters,
                terminateCause,
                service,
                mac,
                addresses,
                released);
    }

    /** Whole addresses and prefixes, their kinds as they look. */
    Told holding(String... prefixes) {
        return new Told(
                kind,
                session,
                nas,
                nasIdentity,
                at,
                delay,
                nasClock,
                sessionTime,
                traffic,
                terminateCause,
                service,
                mac,
                Stream.of(prefixes).map(Told::address).toList(),
                released);
    }

    /**
     * @param came beside the addresses that it names; null for none
     * @param went null when those that came are all
     */
    Told blocks(List<HeldAddress> came, List<HeldAddress> went) {
        List<HeldAddress> all = came == null
                ? addresses
                : Stream.concat(addresses.stream(), came.stream()).toList();
        return new Told(
                kind,
                session,
                nas,
                nasIdentity,
                at,
                delay,
                nasClock,
                sessionTime,
                traffic,
                terminateCause,
                service,
                mac,
                all,
                went);
    }

    static HeldAddress address(String text) {
        IpPrefix prefix = IpPrefix.parse(text);
        return HeldAddress.whole(
                prefix.v6() ? HeldAddress.Kind.IPV6_DELEGATED_PREFIX : HeldAddress.Kind.IPV4_ADDRESS, prefix);
    }

    static Instant second(double second) {
        return NOON.plusNanos((long) (second * 1e9));
    }

    AccountingRecord record() {
        return new AccountingRecord(
                kind,
                nas,
                "nas-" + nas,
                nasIdentity,
                IpPrefix.parse("192.0.2.1"),
                Octets.ofText(session),
                second(at + delay),
                Duration.ofSeconds(delay),
                nasClock == null ? null : second(nasClock),
                sessionTime == null ? null : Duration.ofSeconds(sessionTime),
                traffic,
                terminateCause,
                service,
                service,
                "user-" + session,
                Octets.ofText("circuit-" + session),
                null,
                Octets.ofText("0/1/" + session),
                mac == null ? null : Octets.ofHex(mac),
                null,
                addresses,
                released);
    }
}
