package io.patchbay.ledger.address;

import io.patchbay.wire.IpPrefix;

/**
 * What a service is to be given.
 *
 * @param poolId from where; null: from its plan's pool, or from wherever a chosen prefix lies
 * @param prefix the chosen one; null: the next free
 * @param length of the next free; null: as the pool says. Needs no {@code prefix}
 * @param netmaskLength told with an ipv4-address; null: as the pool says
 */
public record AddressWish(AddressKind kind, Long poolId, IpPrefix prefix, Integer length, Integer netmaskLength) {
    /** The next free of the plan's pool. */
    public static AddressWish next(AddressKind kind) {
        return new AddressWish(kind, null, null, null, null);
    }

    /** The next free of a pool. */
    public static AddressWish nextOf(long poolId, AddressKind kind) {
        return new AddressWish(kind, poolId, null, null, null);
    }

    /** This one, in whichever pool it lies, or in none. */
    public static AddressWish chosen(AddressKind kind, IpPrefix prefix) {
        return new AddressWish(kind, null, prefix, null, null);
    }

    /** The next free of another length than the pool's. */
    public AddressWish ofLength(int other) {
        return new AddressWish(kind, poolId, prefix, other, netmaskLength);
    }
}
