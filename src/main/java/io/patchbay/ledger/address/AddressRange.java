package io.patchbay.ledger.address;

import io.patchbay.wire.IpPrefix;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Addresses from one to another, both of them in it.
 *
 * @param first a single address, as {@code last}
 */
public record AddressRange(IpPrefix first, IpPrefix last) {
    /** More than these no range between two addresses needs: two of each length. */
    private static final int MOST = 256;

    public AddressRange {
        if (first.v6() != last.v6()
                || first.length() != bits(first.v6())
                || last.length() != bits(last.v6())
                || number(first).compareTo(number(last)) > 0) {
            throw new IllegalArgumentException(
                    first + " to " + last + " is no range: give two addresses of one family, the lower one first");
        }
    }

    /**
     * Reads {@code 192.0.2.0/28}, {@code 192.0.2.1} or {@code 192.0.2.5-192.0.2.9}.
     *
     * @throws IllegalArgumentException naming the text
     */
    public static AddressRange parse(String text) {
        int dash = text.indexOf('-');
        if (dash >= 0) {
            return new AddressRange(
                    IpPrefix.parse(text.substring(0, dash).strip()),
                    IpPrefix.parse(text.substring(dash + 1).strip()));
        }
        IpPrefix prefix = IpPrefix.parse(text.strip());
        BigInteger size = BigInteger.ONE.shiftLeft(bits(prefix.v6()) - prefix.length());
        BigInteger start = number(prefix).divide(size).multiply(size);
        if (!start.equals(number(prefix))) {
            throw new IllegalArgumentException("'" + text + "' has bits set beyond its prefix length");
        }
        return new AddressRange(
                prefix(prefix.v6(), start, bits(prefix.v6())),
                prefix(prefix.v6(), start.add(size).subtract(BigInteger.ONE), bits(prefix.v6())));
    }

    /** The fewest prefixes that are together this range, in order. */
    public List<IpPrefix> prefixes() {
        int bits = bits(first.v6());
        List<IpPrefix> prefixes = new ArrayList<>();
        BigInteger next = number(first);
        BigInteger end = number(last).add(BigInteger.ONE);
        while (next.compareTo(end) < 0 && prefixes.size() < MOST) {
            int aligned = next.signum() == 0 ? bits : next.getLowestSetBit();
            int fitting = end.subtract(next).bitLength() - 1;
            int size = Math.min(Math.min(aligned, fitting), bits);
            prefixes.add(prefix(first.v6(), next, bits - size));
            next = next.add(BigInteger.ONE.shiftLeft(size));
        }
        return prefixes;
    }

    private static int bits(boolean v6) {
        return v6 ? 128 : 32;
    }

    private static BigInteger number(IpPrefix address) {
        return new BigInteger(1, address.address());
    }

    private static IpPrefix prefix(boolean v6, BigInteger number, int length) {
        byte[] bytes = number.toByteArray();
        byte[] address = new byte[v6 ? 16 : 4];
        int copied = Math.min(bytes.length, address.length);
        System.arraycopy(bytes, bytes.length - copied, address, address.length - copied, copied);
        return IpPrefix.of(address, length);
    }
}
