package io.patchbay.ledger.ipv6;

import static io.patchbay.ledger.address.AddressKind.IPV6_DELEGATED_PREFIX;
import static io.patchbay.ledger.address.AddressKind.IPV6_ROUTE;
import static io.patchbay.ledger.address.AddressKind.IPV6_WAN_ADDRESS;
import static io.patchbay.ledger.address.AddressKind.IPV6_WAN_PREFIX;

import io.patchbay.ledger.address.AddressKind;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** How a service gets IPv6: what of it is allocated, and what of it a reply may hold. */
public enum Ipv6Mode {
    /** No IPv6 in the reply, even when prefixes are assigned. */
    NONE(List.of(), Set.of()),
    /** A WAN /64, out of which the subscriber makes its address (RFC 4862). */
    SLAAC(List.of(IPV6_WAN_PREFIX), Set.of(IPV6_WAN_PREFIX, IPV6_ROUTE)),
    /** A WAN /128 by DHCPv6 (RFC 8415 section 6.2). */
    STATEFUL(List.of(IPV6_WAN_ADDRESS), Set.of(IPV6_WAN_ADDRESS, IPV6_ROUTE)),
    /** A delegated prefix by DHCPv6 (RFC 8415 section 6.3). */
    PD(List.of(IPV6_DELEGATED_PREFIX), Set.of(IPV6_DELEGATED_PREFIX, IPV6_ROUTE)),
    /** A WAN /64 and a delegated prefix, beside the IPv4 address; a WAN /128 that is assigned too is given with them. */
    DUAL_STACK(
            List.of(IPV6_WAN_PREFIX, IPV6_DELEGATED_PREFIX),
            Set.of(IPV6_WAN_PREFIX, IPV6_WAN_ADDRESS, IPV6_DELEGATED_PREFIX, IPV6_ROUTE));

    private final List<AddressKind> needs;
    private final Set<AddressKind> gives;

    Ipv6Mode(List<AddressKind> needs, Set<AddressKind> gives) {
        this.needs = needs;
        this.gives = gives;
    }

    /** What is allocated, in this order. */
    List<AddressKind> needs() {
        return needs;
    }

    /** Whether a reply may hold what is assigned of this kind. */
    public boolean gives(AddressKind kind) {
        return gives.contains(kind);
    }

    /** As tables, files and the API write it: {@code dual_stack}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The mode of a word; null for null.
     *
     * @throws IllegalArgumentException with a sentence that names the known words
     */
    public static Ipv6Mode of(String word) {
        if (word == null) {
            return null;
        }
        for (Ipv6Mode mode : values()) {
            if (mode.word().equals(word)) {
                return mode;
            }
        }
        throw new IllegalArgumentException("'" + word + "' is none of "
                + Arrays.stream(values()).map(Ipv6Mode::word).collect(Collectors.joining(", ")));
    }
}
