package io.patchbay.session;

import io.patchbay.wire.IpPrefix;
import java.util.Arrays;
import java.util.List;

/**
 * Finds what contains a prefix, or lies in it, through a btree index: every prefix that contains it by name, and what lies in
 * it as a range, since PostgreSQL sorts a network before what lies in it (inet comparison: common bits, then length).
 */
final class PrefixMatch {
    /** Takes what {@link #parameters} gives. */
    static final String CONDITION = "(prefix = any (?::cidr[]) or prefix between ?::cidr and ?::cidr)";

    private PrefixMatch() {}

    static List<Object> parameters(IpPrefix wanted) {
        int whole = wanted.v6() ? 128 : 32;
        String[] containing = new String[wanted.length()];
        for (int length = 0; length < wanted.length(); length++) {
            containing[length] = masked(wanted, length, false).toString();
        }
        IpPrefix last = masked(wanted, wanted.length(), true);
        return List.of(
                containing,
                masked(wanted, wanted.length(), false).toString(),
                new IpPrefix(last.v6(), last.high(), last.low(), whole).toString());
    }

    /** The first address of the prefix of this length around {@code address}, or the last one. */
    private static IpPrefix masked(IpPrefix address, int length, boolean ones) {
        byte[] bytes = Arrays.copyOf(address.address(), address.v6() ? 16 : 4);
        for (int bit = length; bit < bytes.length * 8; bit++) {
            int mask = 0x80 >>> bit % 8;
            bytes[bit / 8] = (byte) (ones ? bytes[bit / 8] | mask : bytes[bit / 8] & ~mask);
        }
        return IpPrefix.of(bytes, length);
    }
}
