package io.patchbay.reply;

import io.patchbay.wire.IpPrefix;
import io.patchbay.wire.Octets;

/**
 * What is known of a live session, for a request to its NAS. Whatever is unknown is null.
 *
 * @param userName as the NAS sent it
 * @param nasIdentifier NAS-Identifier of its accounting; {@code nasAddress} is its NAS-IP-Address or NAS-IPv6-Address
 * @param ipv6Prefix Framed-IPv6-Prefix
 * @param classValue Class as the NAS returned it
 * @param given the rates that it has now
 */
public record SessionFacts(
        Octets acctSessionId,
        String userName,
        String nasIdentifier,
        IpPrefix nasAddress,
        Octets nasPortId,
        Octets mac,
        IpPrefix ipv4Address,
        IpPrefix ipv6Prefix,
        IpPrefix ipv6Address,
        IpPrefix ipv6DelegatedPrefix,
        Octets classValue,
        Rates given) {

    /** @param downKbps towards the subscriber, 0 when not limited, likewise up. @param qosProfile null when none */
    public record Rates(int downKbps, int upKbps, String qosProfile) {}
}
