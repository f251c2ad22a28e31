package io.patchbay.session;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;

/**
 * One session, for people and programs to read. What is null is not known.
 *
 * @param state {@code live}, {@code ended} (a Stop said so) or {@code presumed}
 * @param nasIdentity NAS-Identifier, or NAS-IP(v6)-Address; empty when it sends neither
 * @param nasAddress where its accounting comes from
 * @param acctSessionId text where it is printable, otherwise {@code 0x} and hexadecimal; likewise the other byte strings
 * @param startedAt by our clock
 * @param nasStartedAt the same by the NAS's clock
 * @param startSeen whether the Start came, or the session is known from a later record only
 * @param bytesDown towards the subscriber; likewise {@code up} is from the subscriber, for every counter
 * @param endCause a Stop's Acct-Terminate-Cause by name, or {@code nas-restart}, {@code silent}, {@code replaced},
 *     {@code unknown-to-nas}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SessionView(
        long id,
        String state,
        String nas,
        String nasIdentity,
        String nasAddress,
        String acctSessionId,
        String acctSessionIdHex,
        Long subscriberId,
        Long serviceId,
        Long lineId,
        String userName,
        String circuitId,
        String circuitIdHex,
        String remoteId,
        String remoteIdHex,
        String nasPortId,
        String mac,
        Instant startedAt,
        Instant nasStartedAt,
        boolean startSeen,
        Instant lastHeardAt,
        long sessionSeconds,
        long bytesDown,
        long bytesUp,
        long packetsDown,
        long packetsUp,
        Long ipv6BytesDown,
        Long ipv6BytesUp,
        Long ipv6PacketsDown,
        Long ipv6PacketsUp,
        Instant endedAt,
        String endCause,
        List<Address> addresses) {

    /**
     * @param kind {@code ipv4-address}, {@code ipv6-prefix}, {@code ipv6-address}, {@code ipv6-delegated-prefix} or
     *     {@code public-ipv4-ports}
     * @param portFrom null when every port is the subscriber's; likewise {@code portTo}
     * @param until null while it is held
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Address(String kind, String prefix, Integer portFrom, Integer portTo, Instant from, Instant until) {}
}
