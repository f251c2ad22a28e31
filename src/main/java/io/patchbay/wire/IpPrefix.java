package io.patchbay.wire;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/**
 * An IPv4 or IPv6 prefix; a single address is a /32 or a /128. Two longs rather than an array: a million bindings hold
 * three each.
 *
 * @param v6 whether this is IPv6
 * @param high the upper 64 bits of an IPv6 address, 0 for IPv4
 * @param low the lower 64 bits of an IPv6 address; the 32 bits of an IPv4 address
 * @param length prefix length in bits, 0 to 32 or 0 to 128
 */
public record IpPrefix(boolean v6, long high, long low, int length) {

    public IpPrefix {
        if (length < 0 || length > (v6 ? 128 : 32)) {
            throw new IllegalArgumentException("prefix length " + length + " is outside 0.." + (v6 ? 128 : 32));
        }
    }

    /**
     * Reads {@code 192.0.2.1}, {@code 192.0.2.0/24}, {@code 2001:db8::1} or {@code 2001:db8::/56}.
     *
     * @throws IllegalArgumentException naming the text, when it is no address or prefix; names are never looked up
     */
    public static IpPrefix parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        boolean v6 = address.indexOf(':') >= 0;
        if (address.isEmpty() || !address.chars().allMatch(c -> v6 ? isIpv6Character(c) : isIpv4Character(c))) {
            throw new IllegalArgumentException("'" + text + "' is not an IP address or prefix");
        }
        if (!v6 && !address.matches("\\d{1,3}(\\.\\d{1,3}){3}")) {
            throw new IllegalArgumentException("'" + text + "' is not an IPv4 address or prefix");
        }
        try {
            byte[] bytes = InetAddress.getByName(address).getAddress();
            if (bytes.length != (v6 ? 16 : 4)) {
                throw new IllegalArgumentException("'" + text + "' is not a plain IPv6 address or prefix");
            }
            int length = slash < 0 ? bytes.length * 8 : Integer.parseInt(text.substring(slash + 1));
            return of(bytes, length);
        } catch (UnknownHostException | NumberFormatException notAPrefix) {
            throw new IllegalArgumentException("'" + text + "' is not an IP address or prefix", notAPrefix);
        }
    }

    /** @param address 4 or 16 bytes, network order */
    public static IpPrefix of(byte[] address, int length) {
        ByteBuffer buffer = ByteBuffer.wrap(address);
        return address.length == 4
                ? new IpPrefix(false, 0, buffer.getInt() & 0xffffffffL, length)
                : new IpPrefix(true, buffer.getLong(), buffer.getLong(), length);
    }

    /** Whether {@code address} (its full length) lies in this prefix; never across families. */
    public boolean contains(IpPrefix address) {
        if (v6 != address.v6 || address.length < length) {
            return false;
        }
        if (!v6) {
            return length == 0 || (low ^ address.low) >>> (32 - length) == 0;
        }
        if (length <= 64) {
            return length == 0 || (high ^ address.high) >>> (64 - length) == 0;
        }
        return high == address.high && (low ^ address.low) >>> (128 - length) == 0;
    }

    /** The address, 4 or 16 bytes in network order. */
    public byte[] address() {
        return v6
                ? ByteBuffer.allocate(16).putLong(high).putLong(low).array()
                : ByteBuffer.allocate(4).putInt((int) low).array();
    }

    /** The address as text, without the length. */
    public String addressText() {
        try {
            return InetAddress.getByAddress(address()).getHostAddress();
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** {@code address/length}. */
    @Override
    public String toString() {
        return addressText() + "/" + length;
    }

    private static boolean isIpv4Character(int c) {
        return c == '.' || (c >= '0' && c <= '9');
    }

    private static boolean isIpv6Character(int c) {
        return c == ':' || c == '.' || Character.digit(c, 16) >= 0;
    }
}
