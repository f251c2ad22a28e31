package io.patchbay.line;

import io.patchbay.wire.Octets;

/**
 * Reads a MAC address from the notations that NASes put into Calling-Station-Id (RFC 2865 section 5.31):
 * {@code 02-00-00-00-00-01}, {@code 02:00:00:00:00:01}, {@code 0200.0000.0001}, {@code 0200-0000-0001},
 * {@code 020000000001}, in either case.
 */
public final class MacAddress {
    private static final int DIGITS = 12;

    private MacAddress() {}

    /** The six bytes; null when {@code text} is null or no MAC address. */
    public static Octets parse(String text) {
        return text == null ? null : parse(Octets.ofText(text));
    }

    /** The six bytes; null when {@code text} is null or no MAC address. */
    public static Octets parse(Octets text) {
        if (text == null) {
            return null;
        }
        int group = digitsBetweenSeparators(text.length());
        if (group == 0) {
            return null;
        }
        byte[] mac = new byte[6];
        int digits = 0;
        for (int i = 0; i < text.length(); i++) {
            int c = text.at(i);
            if ((i + 1) % (group + 1) == 0) {
                if ((c != '-' && c != ':' && c != '.') || c != text.at(group)) {
                    return null;
                }
                continue;
            }
            int value = c < 0 ? -1 : Character.digit(c, 16);
            if (value < 0) {
                return null;
            }
            mac[digits / 2] = (byte) (mac[digits / 2] << 4 | value);
            digits++;
        }
        return Octets.of(mac);
    }

    private static int digitsBetweenSeparators(int length) {
        return switch (length) {
            case DIGITS -> DIGITS;
            case DIGITS + 2 -> 4;
            case DIGITS + 5 -> 2;
            default -> 0;
        };
    }
}
