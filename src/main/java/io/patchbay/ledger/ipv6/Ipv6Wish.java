package io.patchbay.ledger.ipv6;

import io.patchbay.ledger.address.AddressKind;

/**
 * What is wanted of a service's IPv6.
 *
 * @param mode null: the service's, else its plan's
 * @param wanPoolId from where WAN prefix or address come; null: from the plan's pool
 * @param delegatedPoolId likewise the delegated prefix
 * @param delegatedLength of the delegated prefix, 48 to 64; null: the pool's
 * @param validLifetimeSeconds how long a former prefix may be in use after a renumbering; null: the hub's setting
 */
public record Ipv6Wish(
        Ipv6Mode mode, Long wanPoolId, Long delegatedPoolId, Integer delegatedLength, Integer validLifetimeSeconds) {
    /** Everything else as the plan says. */
    public static Ipv6Wish of(Ipv6Mode mode) {
        return new Ipv6Wish(mode, null, null, null, null);
    }

    /** @param other null: the service's, else its plan's */
    Ipv6Wish withMode(Ipv6Mode other) {
        return new Ipv6Wish(other, wanPoolId, delegatedPoolId, delegatedLength, validLifetimeSeconds);
    }

    Long poolId(AddressKind kind) {
        return kind == AddressKind.IPV6_DELEGATED_PREFIX ? delegatedPoolId : wanPoolId;
    }
}
