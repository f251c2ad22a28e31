package io.patchbay.ledger.ipv6;

import io.patchbay.ledger.Words;

/** What a mode is made of; its {@link #word} is the kind in service_prefix and in address_pool. */
public enum Ipv6Kind {
    /** Advertised on the link, a /64: Framed-IPv6-Prefix (RFC 3162 section 2.3). */
    IPV6_WAN_PREFIX("WAN prefix"),
    /** Given by DHCPv6, a /128: Framed-IPv6-Address (RFC 6911 section 3.1). */
    IPV6_WAN_ADDRESS("WAN address"),
    /** For the subscriber's own network, /48 to /64: Delegated-IPv6-Prefix (RFC 4818). */
    IPV6_DELEGATED_PREFIX("delegated prefix");

    private final String title;

    Ipv6Kind(String title) {
        this.title = title;
    }

    public String word() {
        return Words.of(this);
    }

    /** For sentences. */
    String title() {
        return title;
    }

    /** Whether it is on the link between NAS and subscriber. */
    boolean isWan() {
        return switch (this) {
            case IPV6_WAN_PREFIX, IPV6_WAN_ADDRESS -> true;
            case IPV6_DELEGATED_PREFIX -> false;
        };
    }
}
