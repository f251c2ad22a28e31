package io.patchbay.ledger.ipv6;

import java.time.Instant;

/** A row of service_ipv6, whose comments say what a null means. */
record Ipv6Row(
        Ipv6Mode mode,
        Ipv6State state,
        String reason,
        Instant changedAt,
        Long wanPoolId,
        Long delegatedPoolId,
        Integer delegatedLength,
        Integer validLifetimeSeconds) {
    Ipv6Wish wish() {
        return new Ipv6Wish(mode, wanPoolId, delegatedPoolId, delegatedLength, validLifetimeSeconds);
    }
}
