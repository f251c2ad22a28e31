package io.patchbay.radius.dictionary;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A vendor and how it lays its attributes out inside Vendor-Specific (RFC 2865 section 5.26).
 *
 * @param id SMI enterprise number
 * @param typeBytes bytes of the vendor type: 1, 2 or 4
 * @param lengthBytes bytes of the length behind it: 0, 1 or 2
 * @param continuation whether a byte of flags follows the length, as WiMAX has it
 */
public record Vendor(String name, int id, int typeBytes, int lengthBytes, boolean continuation) {
    private static final Pattern FORMAT = Pattern.compile("format=([124]),([012])|format=1,1,c");

    /** The layout that RFC 2865 recommends: one byte each of type and length. */
    public static Vendor usual(String name, int id) {
        return new Vendor(name, id, 1, 1, false);
    }

    /** @param format {@code format=T,L} or {@code format=1,1,c}; @return null when it is neither */
    static Vendor withFormat(String name, int id, String format) {
        Matcher matcher = FORMAT.matcher(format);
        if (!matcher.matches()) {
            return null;
        }
        return matcher.group(1) == null
                ? new Vendor(name, id, 1, 1, true)
                : new Vendor(name, id, Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)), false);
    }

    /** Bytes in front of a value: type, length, flags. */
    int headerLength() {
        return typeBytes + lengthBytes + (continuation ? 1 : 0);
    }
}
