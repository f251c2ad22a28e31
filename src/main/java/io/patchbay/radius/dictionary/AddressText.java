package io.patchbay.radius.dictionary;

import io.patchbay.wire.IpPrefix;
import java.nio.charset.StandardCharsets;

/** Addresses as ASCII text, written straight into a buffer; IPv6 in its canonical form (RFC 5952 section 4). */
public final class AddressText {
    /** The longest IPv6 prefix as text. */
    public static final int MAXIMUM_LENGTH = 39 + 4;

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private AddressText() {}

    /** {@code 192.0.2.1} or {@code 2001:db8::1}. */
    public static String address(IpPrefix address) {
        byte[] buffer = new byte[MAXIMUM_LENGTH];
        return new String(buffer, 0, writeAddress(buffer, 0, address), StandardCharsets.US_ASCII);
    }

    /** {@code 192.0.2.0/24} or {@code 2001:db8::/56}. */
    public static String prefix(IpPrefix prefix) {
        return address(prefix) + "/" + prefix.length();
    }

    /** @return where the text ends */
    public static int writePrefix(byte[] target, int offset, IpPrefix prefix) {
        int end = writeAddress(target, offset, prefix);
        target[end++] = '/';
        return writeNumber(target, end, prefix.length());
    }

    /** @return where the text ends */
    public static int writeAddress(byte[] target, int offset, IpPrefix address) {
        int end = offset;
        if (!address.v6()) {
            for (int shift = 24; shift >= 0; shift -= 8) {
                end = writeNumber(target, end, address.low() >>> shift & 0xff);
                target[end++] = '.';
            }
            return end - 1;
        }
        int gap = longestRunOfZeros(address);
        int gapStart = gap >>> 4;
        int gapEnd = gapStart + (gap & 0xf);
        for (int i = 0; i < 8; i++) {
            if (i == gapStart && gapEnd > gapStart) {
                target[end++] = ':';
                target[end++] = ':';
                i = gapEnd - 1;
                continue;
            }
            if (i > 0 && i != gapEnd) {
                target[end++] = ':';
            }
            end = writeGroup(target, end, group(address, i));
        }
        return end;
    }

    /** Decimal digits of a number that is not negative. @return where they end */
    public static int writeNumber(byte[] target, int offset, long number) {
        int digits = 1;
        for (long rest = number / 10; rest != 0; rest /= 10) {
            digits++;
        }
        long rest = number;
        for (int i = offset + digits - 1; i >= offset; i--) {
            target[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return offset + digits;
    }

    private static int group(IpPrefix address, int index) {
        long half = index < 4 ? address.high() : address.low();
        return (int) (half >>> 16 * (3 - (index & 3))) & 0xffff;
    }

    private static int writeGroup(byte[] target, int offset, int group) {
        int end = offset;
        for (int shift = 12; shift >= 0; shift -= 4) {
            if (group >>> shift != 0 || shift == 0) {
                target[end++] = HEX[group >>> shift & 0xf];
            }
        }
        return end;
    }

    /** Start (high bits) and length (low 4 bits) of the longest run of two or more zero groups, the first of equals. */
    private static int longestRunOfZeros(IpPrefix address) {
        int best = 0;
        int length = 0;
        for (int i = 0; i < 8; i++) {
            length = group(address, i) == 0 ? length + 1 : 0;
            if (length > 1 && length > (best & 0xf)) {
                best = i - length + 1 << 4 | length;
            }
        }
        return best;
    }
}
