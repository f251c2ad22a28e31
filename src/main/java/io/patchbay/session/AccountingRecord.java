package io.patchbay.session;

import io.patchbay.wire.IpPrefix;
import io.patchbay.wire.Octets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * One Accounting-Request in our terms (RFC 2866 section 5), directions seen from the subscriber.
 *
 * @param nasIdentity NAS-Identifier, or NAS-IP-Address or NAS-IPv6-Address as text, or empty
 * @param nasAddress the datagram's source
 * @param acctSessionId empty in an ON or OFF of a NAS that sends none
 * @param receivedAt by our clock, when the datagram was read
 * @param delay Acct-Delay-Time: for how long the NAS has been trying
 * @param eventTimestamp by the NAS's clock (RFC 2869 section 5.3); null when it sends none
 * @param sessionTime Acct-Session-Time; null when it sends none, as in a Start
 * @param traffic null when it sends no counter
 * @param terminateCause Acct-Terminate-Cause (RFC 2866 section 5.10); 0 when there is none
 * @param serviceId whom the Class attribute, the user name or the line names; 0 when nobody is known
 * @param lineId of that service; 0 when none
 * @param addresses what the subscriber holds now; null when the record says nothing of addresses at all
 * @param released null when the port blocks among {@code addresses} are all that it holds; otherwise the record tells of
 *     changes only: the blocks among {@code addresses} came, these went, and others stay (RFC 8045 section 3.2.8)
 */
public record AccountingRecord(
        Kind kind,
        long nasClientId,
        String nasName,
        String nasIdentity,
        IpPrefix nasAddress,
        Octets acctSessionId,
        Instant receivedAt,
        Duration delay,
        Instant eventTimestamp,
        Duration sessionTime,
        Traffic traffic,
        int terminateCause,
        long serviceId,
        long lineId,
        String userName,
        Octets circuitId,
        Octets remoteId,
        Octets nasPortId,
        Octets mac,
        Octets classValue,
        List<HeldAddress> addresses,
        List<HeldAddress> released) {

    /** Acct-Status-Type (RFC 2866 section 5.1). */
    public enum Kind {
        START,
        INTERIM,
        STOP,
        /** The NAS has started: whatever it served before is over. */
        ON,
        /** The NAS is about to stop. */
        OFF
    }

    /** Whether anything is said of what the subscriber holds. */
    boolean tellsOfAddresses() {
        return addresses != null || releases();
    }

    /** Whether port blocks went. */
    boolean releases() {
        return released != null && !released.isEmpty();
    }

    /** When what it tells happened, by our clock: what the NAS was late with is taken off. */
    public Instant happenedAt() {
        return receivedAt.minus(delay);
    }

    /** When the session began, by our clock, as far as this record knows. */
    public Instant startedAt() {
        return sessionTime == null ? happenedAt() : happenedAt().minus(sessionTime);
    }
}
