package io.patchbay.session;

import io.patchbay.wire.IpPrefix;
import io.patchbay.wire.Octets;
import java.time.Instant;

/**
 * Which sessions are asked for; what is null does not matter.
 *
 * @param nas name of the NAS client
 * @param lineId of the session's own line, as it was
 * @param address what it held at some time: that contains this prefix, or lies in it
 * @param from together with {@code to}: sessions that were there at some time in between; each may be null
 * @param before only sessions that began before this one, the last of the page before
 */
public record SessionFilter(
        Long subscriberId,
        Long serviceId,
        Long lineId,
        String nas,
        String userName,
        Octets circuitId,
        Octets mac,
        IpPrefix address,
        State state,
        Instant from,
        Instant to,
        Position before) {
    public static final SessionFilter ALL =
            new SessionFilter(null, null, null, null, null, null, null, null, null, null, null, null);

    public SessionFilter ofService(long id) {
        return new SessionFilter(
                subscriberId, id, lineId, nas, userName, circuitId, mac, address, state, from, to, before);
    }

    /** @param name null for any; likewise the next three */
    public SessionFilter ofUser(String name) {
        return new SessionFilter(
                subscriberId, serviceId, lineId, nas, name, circuitId, mac, address, state, from, to, before);
    }

    public SessionFilter ofCircuit(Octets id) {
        return new SessionFilter(
                subscriberId, serviceId, lineId, nas, userName, id, mac, address, state, from, to, before);
    }

    public SessionFilter ofMac(Octets wanted) {
        return new SessionFilter(
                subscriberId, serviceId, lineId, nas, userName, circuitId, wanted, address, state, from, to, before);
    }

    public SessionFilter ofAddress(IpPrefix wanted) {
        return new SessionFilter(
                subscriberId, serviceId, lineId, nas, userName, circuitId, mac, wanted, state, from, to, before);
    }

    public SessionFilter inState(State wanted) {
        return new SessionFilter(
                subscriberId, serviceId, lineId, nas, userName, circuitId, mac, address, wanted, from, to, before);
    }

    public enum State {
        LIVE,
        /** A Stop said so. */
        ENDED,
        /** Nobody said Stop: it fell silent, its NAS restarted, or another took its place. */
        PRESUMED
    }

    /** A place in the order of the newest first. */
    public record Position(Instant startedAt, long id) {}
}
