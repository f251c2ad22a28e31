package io.patchbay.ledger.address;

import io.patchbay.ledger.LedgerInvalid;
import io.patchbay.ledger.Prefixes;
import io.patchbay.wire.IpPrefix;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A wish with its pool and length found.
 *
 * @param pool null when a chosen prefix lies in none
 * @param length of what is assigned
 * @param wanted null: the next free
 */
record ResolvedWish(
        AddressKind kind, AddressPool pool, long vrfId, int length, IpPrefix wanted, Integer netmaskLength) {

    /** @throws LedgerInvalid when it can never be */
    static ResolvedWish of(AddressWish wish, ServiceRow service, AddressPools pools, JdbcTemplate jdbc) {
        requireSensible(wish);
        AddressPool pool = pool(wish, service, pools);
        if (pool == null) {
            long vrf = jdbc.queryForObject("select id from vrf where name = 'default'", Long.class);
            return new ResolvedWish(
                    wish.kind(), null, vrf, wish.prefix().length(), wish.prefix(), wish.netmaskLength());
        }
        service.requireTenant(pool);
        // A chosen address may lie in a prefix pool: in the service's own prefix, mostly.
        boolean anyOfFamily = wish.kind().isRoute() || wish.prefix() != null && wish.poolId() == null;
        if (anyOfFamily ? pool.kind().isV6() != wish.kind().isV6() : pool.kind() != wish.kind()) {
            throw new LedgerInvalid("The pool '" + pool.name() + "' is of "
                    + pool.kind().word() + ", not of " + wish.kind().word() + ".");
        }
        int length = wish.prefix() != null
                ? wish.prefix().length()
                : wish.length() != null ? wish.length() : pool.assignedLength();
        if (!wish.kind().fits(pool.kind().isV6(), length)) {
            throw new LedgerInvalid(
                    "length: an " + wish.kind().word() + " is a " + wish.kind().lengths() + ", not a /" + length + ".");
        }
        Integer netmask = wish.netmaskLength() != null || wish.kind() != AddressKind.IPV4_ADDRESS
                ? wish.netmaskLength()
                : pool.netmaskLength();
        return new ResolvedWish(wish.kind(), pool, pool.vrfId(), length, wish.prefix(), netmask);
    }

    boolean isChosenByNetBox() {
        return pool != null && pool.isChosenByNetBox();
    }

    /** Whether this is what the service has already: the one that is wanted, or one such as would be next. */
    boolean isMetBy(AssignedAddress has) {
        return wanted != null
                ? has.prefix().equals(wanted)
                : has.prefix().length() == length && has.poolId() != null && has.poolId() == pool.id();
    }

    private static void requireSensible(AddressWish wish) {
        if (wish.prefix() != null && !(wish.kind().fits(wish.prefix()) && Prefixes.isNetwork(wish.prefix()))) {
            throw new LedgerInvalid("prefix: " + wish.prefix() + " can be no "
                    + wish.kind().word() + ", which is an " + (wish.kind().isV6() ? "IPv6 " : "IPv4 ")
                    + wish.kind().lengths() + " without bits beyond its length.");
        }
        if (wish.prefix() != null
                && wish.length() != null
                && wish.length() != wish.prefix().length()) {
            throw new LedgerInvalid("length: " + wish.prefix() + " is no /" + wish.length() + ".");
        }
        if (wish.netmaskLength() != null
                && (wish.kind() != AddressKind.IPV4_ADDRESS || wish.netmaskLength() < 1 || wish.netmaskLength() > 32)) {
            throw new LedgerInvalid("netmaskLength: 1 to 32, told with an ipv4-address only.");
        }
    }

    private static AddressPool pool(AddressWish wish, ServiceRow service, AddressPools pools) {
        if (wish.poolId() != null) {
            return pools.find(wish.poolId())
                    .orElseThrow(() -> new LedgerInvalid("There is no address pool " + wish.poolId() + "."));
        }
        if (wish.prefix() != null) {
            return pools.around(wish.prefix()).orElse(null);
        }
        return pools.get(service.planPool(wish.kind()));
    }
}
