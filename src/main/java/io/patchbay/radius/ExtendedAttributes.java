package io.patchbay.radius;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The attribute spaces behind types 241 to 246 (RFC 6929 section 2). 241 to 244 hold an extended type and a value; 245 and
 * 246 add a flag byte whose high bit says that the value goes on in the very next attribute. A value whose fragments do not
 * add up is not offered here; its attributes stay readable in the packet.
 */
public final class ExtendedAttributes {
    /** The extended type whose value begins with a vendor id and a vendor type (RFC 6929 section 2.4). */
    public static final int VENDOR_SPECIFIC = 26;

    private static final int FIRST = 241;
    private static final int FIRST_LONG = 245;
    private static final int LAST = 246;
    private static final int MORE = 0x80;
    private static final int MAXIMUM_ATTRIBUTE_VALUE = 253;
    private static final int VENDOR_HEADER = 5;

    private ExtendedAttributes() {}

    /** Whether this attribute type opens an extended space. */
    public static boolean isExtended(int type) {
        return type >= FIRST && type <= LAST;
    }

    /** Whether values of this attribute type may be fragmented. */
    public static boolean isLong(int type) {
        return type >= FIRST_LONG && type <= LAST;
    }

    /** The first value of {@code type.extendedType}, its fragments joined, or null. */
    public static byte[] value(RadiusPacket packet, int type, int extendedType) {
        List<byte[]> values = values(packet, type, extendedType);
        return values.isEmpty() ? null : values.getFirst();
    }

    /** Every value of {@code type.extendedType}, fragments joined, in order. */
    public static List<byte[]> values(RadiusPacket packet, int type, int extendedType) {
        if (!isExtended(type) || !packet.has(type)) {
            return List.of();
        }
        List<byte[]> values = new ArrayList<>(2);
        int at = packet.first(type);
        while (at >= 0) {
            int next = packet.end(at);
            if (matches(packet, at, type, extendedType)) {
                next = isLong(type) ? join(packet, at, type, extendedType, values) : next;
                if (!isLong(type)) {
                    values.add(Arrays.copyOfRange(packet.bytes(), at + 3, next));
                }
            }
            at = packet.find(type, next);
        }
        return values;
    }

    /** Every value of the vendor's attribute {@code type.26.vendorId.vendorType} (RFC 6929 section 2.4), in order. */
    public static List<byte[]> vendorValues(RadiusPacket packet, int type, int vendorId, int vendorType) {
        List<byte[]> values = new ArrayList<>(2);
        byte[] header = vendorHeader(vendorId, vendorType);
        for (byte[] value : values(packet, type, VENDOR_SPECIFIC)) {
            if (value.length >= VENDOR_HEADER && Arrays.equals(value, 0, VENDOR_HEADER, header, 0, VENDOR_HEADER)) {
                values.add(Arrays.copyOfRange(value, VENDOR_HEADER, value.length));
            }
        }
        return values;
    }

    /**
     * Puts a value into the space of {@code type}, fragmented where {@code type} is 245 or 246.
     *
     * @throws PacketTooLongException when it is longer than 252 bytes in 241 to 244, or the packet full
     * @throws IllegalArgumentException when {@code type} is outside 241 to 246
     */
    public static void put(AttributeWriter attributes, int type, int extendedType, byte[] value) {
        if (!isExtended(type)) {
            throw new IllegalArgumentException("attribute " + type + " is not extended; 241 to 246 are (RFC 6929)");
        }
        int header = isLong(type) ? 2 : 1;
        int offset = 0;
        do {
            int rest = value.length - offset;
            int length = isLong(type) ? Math.min(rest, MAXIMUM_ATTRIBUTE_VALUE - header) : rest;
            byte[] fragment = new byte[header + length];
            fragment[0] = (byte) extendedType;
            if (isLong(type) && length < rest) {
                fragment[1] = (byte) MORE;
            }
            System.arraycopy(value, offset, fragment, header, length);
            attributes.put(type, fragment);
            offset += length;
        } while (offset < value.length);
    }

    /** Puts the vendor's attribute {@code type.26.vendorId.vendorType}; limits as {@link #put}. */
    public static void putVendor(AttributeWriter attributes, int type, int vendorId, int vendorType, byte[] value) {
        byte[] whole = Arrays.copyOf(vendorHeader(vendorId, vendorType), VENDOR_HEADER + value.length);
        System.arraycopy(value, 0, whole, VENDOR_HEADER, value.length);
        put(attributes, type, VENDOR_SPECIFIC, whole);
    }

    /** Joins the fragments that begin at {@code at}; answers where the attribute behind them begins. */
    private static int join(RadiusPacket packet, int at, int type, int extendedType, List<byte[]> values) {
        byte[] bytes = packet.bytes();
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        int fragment = at;
        while (fragment < bytes.length
                && matches(packet, fragment, type, extendedType)
                && packet.end(fragment) - fragment >= 4) {
            int end = packet.end(fragment);
            joined.write(bytes, fragment + 4, end - fragment - 4);
            if ((bytes[fragment + 3] & MORE) == 0) {
                values.add(joined.toByteArray());
                return end;
            }
            fragment = end;
        }
        return fragment == at ? packet.end(at) : fragment;
    }

    private static boolean matches(RadiusPacket packet, int at, int type, int extendedType) {
        byte[] bytes = packet.bytes();
        return (bytes[at] & 0xff) == type && packet.end(at) - at >= 3 && (bytes[at + 2] & 0xff) == extendedType;
    }

    private static byte[] vendorHeader(int vendorId, int vendorType) {
        return new byte[] {
            (byte) (vendorId >>> 24),
            (byte) (vendorId >>> 16),
            (byte) (vendorId >>> 8),
            (byte) vendorId,
            (byte) vendorType
        };
    }
}
