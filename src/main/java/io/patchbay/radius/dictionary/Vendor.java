package io.patchbay.radius.dictionary;

/**
 * A vendor and how it lays its attributes out inside Vendor-Specific (RFC 2865 section 5.26).
 *
 * @param id SMI enterprise number
 * @param typeBytes bytes of the vendor type: 1, 2 or 4
 * @param lengthBytes bytes of the length behind it: 0, 1 or 2
 * @param continuation whether a byte of flags follows the length, as WiMAX has it
 */
public record Vendor(String name, int id, int typeBytes, int lengthBytes, boolean continuation) {

    /** The layout that RFC 2865 recommends: one byte each of type and length. */
    public static Vendor usual(String name, int id) {
        return new Vendor(name, id, 1, 1, false);
    }

    /** Bytes in front of a value: type, length, flags. */
    int headerLength() {
        return typeBytes + lengthBytes + (continuation ? 1 : 0);
    }
}
