package io.patchbay.ledger.ipv6;

import io.patchbay.ledger.Words;
import io.patchbay.ledger.address.AddressKind;
import io.patchbay.wire.IpPrefix;

/** What of IPv6 the replies of a service may hold, by the mode and the state that the ledger's rows tell. */
public final class Ipv6Grant {
    private static final Ipv6Grant WHATEVER_IS_ASSIGNED = new Ipv6Grant(Ipv6Mode.DUAL_STACK);
    private static final Ipv6Grant NOTHING = new Ipv6Grant(Ipv6Mode.NONE);

    private final Ipv6Mode mode;

    private Ipv6Grant(Ipv6Mode mode) {
        this.mode = mode;
    }

    /**
     * @param mode null for a service that has never been given one: it gets what is assigned to it
     * @param state of service_ipv6; null for a service without such a row
     */
    public static Ipv6Grant of(String mode, String state) {
        if (state != null && !Words.parse(Ipv6State.class, state).isAnswered()) {
            return NOTHING;
        }
        return mode == null ? WHATEVER_IS_ASSIGNED : new Ipv6Grant(Ipv6Mode.of(mode));
    }

    public boolean gives(AddressKind kind) {
        return mode.gives(kind);
    }

    public boolean givesWan() {
        return gives(AddressKind.IPV6_WAN_PREFIX) || gives(AddressKind.IPV6_WAN_ADDRESS);
    }

    /** The prefix, or null where it is not given. */
    public IpPrefix given(AddressKind kind, IpPrefix prefix) {
        return gives(kind) ? prefix : null;
    }
}
