package io.patchbay.ledger.ipv6;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** How a service gets IPv6: what of it is allocated, and what of it a reply may hold. */
public enum Ipv6Mode {
    /** No IPv6 in the reply, even when prefixes are assigned. */
    NONE(EnumSet.noneOf(Ipv6Kind.class), EnumSet.noneOf(Ipv6Kind.class)),
    /** A WAN /64, out of which the subscriber makes its address (RFC 4862). */
    SLAAC(EnumSet.of(Ipv6Kind.IPV6_WAN_PREFIX), EnumSet.of(Ipv6Kind.IPV6_WAN_PREFIX)),
    /** A WAN /128 by DHCPv6 (RFC 8415 section 6.2). */
    STATEFUL(EnumSet.of(Ipv6Kind.IPV6_WAN_ADDRESS), EnumSet.of(Ipv6Kind.IPV6_WAN_ADDRESS)),
    /** A delegated prefix by DHCPv6 (RFC 8415 section 6.3). */
    PD(EnumSet.of(Ipv6Kind.IPV6_DELEGATED_PREFIX), EnumSet.of(Ipv6Kind.IPV6_DELEGATED_PREFIX)),
    /** A WAN /64 and a delegated prefix, beside the IPv4 address; a WAN /128 that is assigned too is given with them. */
    DUAL_STACK(EnumSet.of(Ipv6Kind.IPV6_WAN_PREFIX, Ipv6Kind.IPV6_DELEGATED_PREFIX), EnumSet.allOf(Ipv6Kind.class));

    private final Set<Ipv6Kind> needs;
    private final Set<Ipv6Kind> gives;

    Ipv6Mode(Set<Ipv6Kind> needs, Set<Ipv6Kind> gives) {
        this.needs = needs;
        this.gives = gives;
    }

    /** What is allocated, in the order in which it is. */
    Set<Ipv6Kind> needs() {
        return Collections.unmodifiableSet(needs);
    }

    /** Whether a reply may hold what is assigned of this kind. */
    public boolean gives(Ipv6Kind kind) {
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
        return Arrays.stream(values())
                .filter(mode -> mode.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + word + "' is none of "
                        + Arrays.stream(values()).map(Ipv6Mode::word).collect(Collectors.joining(", "))));
    }
}
