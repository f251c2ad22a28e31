package io.patchbay.ledger;

import io.patchbay.wire.IpPrefix;
import java.time.Instant;
import java.util.List;

/**
 * A service as an operator reads it, without its password; a null is not set.
 *
 * @param userName normalised
 * @param vlanModel {@code dedicated} or {@code shared}
 * @param lineId the line it lives on
 * @param sessionTimeoutSeconds 0 when the plan's holds
 */
public record ServiceView(
        long id,
        long subscriberId,
        String kind,
        ServiceState state,
        String plan,
        String userName,
        Long lineId,
        String vlanModel,
        Integer sVlan,
        Integer cVlan,
        List<Assignment> assignments,
        Option82Policy option82Policy,
        Instant expiresAt,
        int sessionTimeoutSeconds,
        String ipv6Mode,
        String cpeId) {

    /**
     * @param kind ipv4-address, ipv4-route, ipv6-wan-prefix, ipv6-wan-address, ipv6-delegated-prefix, ipv6-route
     * @param netmaskLength of an ipv4-address; null when none is set
     */
    public record Assignment(String kind, IpPrefix prefix, Integer netmaskLength) {}
}
