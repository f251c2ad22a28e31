package io.patchbay.ledger;

import io.patchbay.wire.IpPrefix;

/** Questions about prefixes that only the ledger asks. */
public final class Prefixes {
    private Prefixes() {}

    /** Whether no bit is set behind the prefix length, as PostgreSQL's {@code cidr} demands. */
    public static boolean isNetwork(IpPrefix prefix) {
        if (!prefix.v6()) {
            return prefix.length() == 32 || (prefix.low() & (0xffffffffL >>> prefix.length())) == 0;
        }
        return prefix.length() <= 64
                ? prefix.low() == 0 && (prefix.length() == 64 || (prefix.high() & (-1L >>> prefix.length())) == 0)
                : prefix.length() == 128 || (prefix.low() & (-1L >>> (prefix.length() - 64))) == 0;
    }
}
