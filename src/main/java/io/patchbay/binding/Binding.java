package io.patchbay.binding;

import io.patchbay.ledger.Credential;
import io.patchbay.ledger.Option82Policy;
import io.patchbay.ledger.Plan;
import io.patchbay.ledger.ServiceState;
import io.patchbay.line.LineIdentifier;
import io.patchbay.line.VlanTags;
import io.patchbay.wire.IpPrefix;
import java.util.List;

/**
 * A service on its access line with all that a reply needs: about 500 bytes.
 *
 * @param userName normalised; null for a service that is known by its line only
 * @param credential null when the service has none
 * @param kind what is sold: internet, voice, video, wholesale
 * @param expiresAtEpochSecond 0 when it does not expire
 * @param option82Policy overrides plan and NAS; null when it does not
 * @param lineId 0 when the service has no line yet
 * @param identifiers every identifier of the line
 * @param canonicalCircuitId the key that the access node's template gives the line's circuit-id; null when none
 * @param vlans the assigned tags
 * @param dedicatedVlan whether the tags are this line's own (1:1) or shared (N:1)
 * @param ipv4Address static IPv4 with the length of its netmask (32 when it has none); null when none
 * @param ipv4Routes routed subnets behind the subscriber
 * @param ipv6WanPrefix prefix advertised on the link (SLAAC); null when none
 * @param ipv6WanAddress address given by DHCPv6 IA_NA, a /128; null when none
 * @param ipv6DelegatedPrefix null when none
 * @param sessionTimeoutSeconds overrides the plan's; 0 when it does not
 * @param givesIpv6Wan whether mode and state of its IPv6 let a reply name the plan's pool where no WAN prefix or address is;
 *     what they do not let it name is not in the binding
 * @param givesIpv6Delegated likewise the pool of delegated prefixes
 */
public record Binding(
        long serviceId,
        long subscriberId,
        long tenantId,
        String userName,
        Credential credential,
        String kind,
        ServiceState state,
        long expiresAtEpochSecond,
        Option82Policy option82Policy,
        Plan plan,
        long lineId,
        long accessNodeId,
        List<LineIdentifier> identifiers,
        String canonicalCircuitId,
        VlanTags vlans,
        boolean dedicatedVlan,
        IpPrefix ipv4Address,
        List<IpPrefix> ipv4Routes,
        IpPrefix ipv6WanPrefix,
        IpPrefix ipv6WanAddress,
        IpPrefix ipv6DelegatedPrefix,
        List<IpPrefix> ipv6Routes,
        int sessionTimeoutSeconds,
        boolean givesIpv6Wan,
        boolean givesIpv6Delegated) {}
