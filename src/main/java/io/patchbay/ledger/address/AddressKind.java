package io.patchbay.ledger.address;

import io.patchbay.ledger.Words;
import io.patchbay.wire.IpPrefix;

/** What a prefix is to its service. Of each kind a service has one, of routes any number. */
public enum AddressKind {
    IPV4_ADDRESS(false, 32, 32),
    IPV4_ROUTE(false, 1, 32),
    /** On the link between NAS and CPE (RFC 3162 section 2.3), where SLAAC needs 64 bits (RFC 4862). */
    IPV6_WAN_PREFIX(true, 64, 64),
    IPV6_WAN_ADDRESS(true, 128, 128),
    IPV6_DELEGATED_PREFIX(true, 48, 64),
    IPV6_ROUTE(true, 1, 128);

    private final boolean v6;
    private final int shortest;
    private final int longest;

    AddressKind(boolean v6, int shortest, int longest) {
        this.v6 = v6;
        this.shortest = shortest;
        this.longest = longest;
    }

    public boolean isV6() {
        return v6;
    }

    public boolean isRoute() {
        return this == IPV4_ROUTE || this == IPV6_ROUTE;
    }

    /** Whether a prefix of this length and family can be one. */
    public boolean fits(boolean ofV6, int length) {
        return ofV6 == v6 && length >= shortest && length <= longest;
    }

    public boolean fits(IpPrefix prefix) {
        return fits(prefix.v6(), prefix.length());
    }

    /** As tables and the API write it: {@code ipv4-address}. */
    public String word() {
        return Words.of(this);
    }

    String lengths() {
        return shortest == longest ? "/" + shortest : "/" + shortest + " to /" + longest;
    }

    static AddressKind of(String word) {
        return Words.parse(AddressKind.class, word);
    }
}
