package io.patchbay.radius;

/**
 * How a vendor lays out the attributes inside its Vendor-Specific ones; a dictionary says {@code format=2,1}.
 *
 * @param typeBytes 1, 2 or 4
 * @param lengthBytes 0, 1 or 2; with 0 a value runs to the end of its Vendor-Specific attribute. The length counts type
 *     and length bytes too
 * @param continued whether a flag byte follows whose high bit says that the value goes on in the next attribute
 *     ({@code 1,1,c}, WiMAX)
 */
public record VendorFormat(int typeBytes, int lengthBytes, boolean continued) {
    /** What RFC 2865 section 5.26 recommends and nearly everybody does. */
    public static final VendorFormat USUAL = new VendorFormat(1, 1, false);

    /** The flag bit of the continued format. */
    static final int MORE = 0x80;

    public VendorFormat {
        if ((typeBytes != 1 && typeBytes != 2 && typeBytes != 4)
                || lengthBytes < 0
                || lengthBytes > 2
                || (continued && lengthBytes != 1)) {
            throw new IllegalArgumentException("no vendor format " + typeBytes + "," + lengthBytes
                    + (continued ? ",c" : "") + "; use 1, 2 or 4 for the type, 0, 1 or 2 for the length");
        }
    }

    /** Bytes before a value. */
    int headerLength() {
        return typeBytes + lengthBytes + (continued ? 1 : 0);
    }
}
