package io.patchbay.radius;

import io.patchbay.wire.Octets;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A structurally sound packet (RFC 2865 section 3), read where it lies: one pass has checked every length, values are
 * decoded when asked for. Immutable, safe for every thread; no accessor throws for what the packet holds.
 */
public final class RadiusPacket {
    /** Code, identifier, length and authenticator. */
    public static final int HEADER_LENGTH = 20;

    /** RFC 2865 section 3. */
    public static final int MAXIMUM_LENGTH = 4096;

    static final int AUTHENTICATOR = 4;
    static final int AUTHENTICATOR_LENGTH = 16;

    private final byte[] bytes;
    /** One bit for each type that occurs: most questions are about attributes that are not there. */
    private final long[] present;

    private final int messageAuthenticator;

    private RadiusPacket(byte[] bytes, long[] present, int messageAuthenticator) {
        this.bytes = bytes;
        this.present = present;
        this.messageAuthenticator = messageAuthenticator;
    }

    /**
     * Reads a datagram and keeps a reference to it: whoever calls does not change the array afterwards. Bytes behind the
     * Length field's end are padding and ignored (RFC 2865 section 3).
     *
     * @param offset of the datagram's first byte
     * @param length of the datagram in bytes
     */
    public static Decoded decode(byte[] datagram, int offset, int length) {
        if (length < HEADER_LENGTH) {
            return new Decoded.Malformed(MalformedReason.DATAGRAM_TOO_SHORT, Math.max(length, 0));
        }
        int end = (datagram[offset + 2] & 0xff) << 8 | datagram[offset + 3] & 0xff;
        if (end < HEADER_LENGTH) {
            return new Decoded.Malformed(MalformedReason.LENGTH_TOO_SMALL, 2);
        }
        if (end > MAXIMUM_LENGTH) {
            return new Decoded.Malformed(MalformedReason.LENGTH_TOO_LARGE, 2);
        }
        if (end > length) {
            return new Decoded.Malformed(MalformedReason.LENGTH_BEYOND_DATAGRAM, 2);
        }
        byte[] bytes =
                offset == 0 && datagram.length == end ? datagram : Arrays.copyOfRange(datagram, offset, offset + end);
        return attributes(bytes, end);
    }

    private static Decoded attributes(byte[] bytes, int end) {
        long[] present = new long[4];
        int messageAuthenticator = -1;
        int at = HEADER_LENGTH;
        while (at < end) {
            if (at + 1 == end) {
                return new Decoded.Malformed(MalformedReason.ATTRIBUTE_WITHOUT_LENGTH, at);
            }
            int type = bytes[at] & 0xff;
            int length = bytes[at + 1] & 0xff;
            if (length < 2) {
                return new Decoded.Malformed(MalformedReason.ATTRIBUTE_LENGTH_TOO_SMALL, at + 1);
            }
            if (at + length > end) {
                return new Decoded.Malformed(MalformedReason.ATTRIBUTE_BEYOND_PACKET, at + 1);
            }
            if (type == AttributeType.MESSAGE_AUTHENTICATOR) {
                if (length != 2 + AUTHENTICATOR_LENGTH) {
                    return new Decoded.Malformed(MalformedReason.MESSAGE_AUTHENTICATOR_LENGTH, at + 1);
                }
                if (messageAuthenticator >= 0) {
                    return new Decoded.Malformed(MalformedReason.MESSAGE_AUTHENTICATOR_TWICE, at);
                }
                messageAuthenticator = at + 2;
            }
            present[type >>> 6] |= 1L << type;
            at += length;
        }
        return new Decoded.Ok(new RadiusPacket(bytes, present, messageAuthenticator));
    }

    public int code() {
        return bytes[0] & 0xff;
    }

    public int identifier() {
        return bytes[1] & 0xff;
    }

    public int length() {
        return bytes.length;
    }

    /** The packet itself, without padding; the caller does not change it. */
    public byte[] bytes() {
        return bytes;
    }

    /** A copy, 16 bytes. */
    public byte[] authenticator() {
        return Arrays.copyOfRange(bytes, AUTHENTICATOR, HEADER_LENGTH);
    }

    /** Where the 16 bytes of the Message-Authenticator's value begin, or -1 when there is none. */
    int messageAuthenticator() {
        return messageAuthenticator;
    }

    public boolean has(int type) {
        return type >>> 8 == 0 && (present[type >>> 6] >>> type & 1) != 0;
    }

    /** The first value of this type, 0 to 253 bytes, or null. */
    public byte[] value(int type) {
        int at = first(type);
        return at < 0 ? null : Arrays.copyOfRange(bytes, at + 2, end(at));
    }

    /** The first value of this type, or null. */
    public Octets octets(int type) {
        int at = first(type);
        return at < 0 ? null : Octets.of(bytes, at + 2, end(at) - at - 2);
    }

    /** The first value of this type as UTF-8 text, malformed sequences replaced, or null. */
    public String text(int type) {
        int at = first(type);
        return at < 0 ? null : new String(bytes, at + 2, end(at) - at - 2, StandardCharsets.UTF_8);
    }

    /** The first value of this type as an unsigned 32-bit integer; {@code absent} when there is none of four bytes. */
    public long integer(int type, long absent) {
        int at = first(type);
        if (at < 0 || end(at) - at != 6) {
            return absent;
        }
        return (bytes[at + 2] & 0xffL) << 24
                | (bytes[at + 3] & 0xff) << 16
                | (bytes[at + 4] & 0xff) << 8
                | bytes[at + 5] & 0xff;
    }

    /** Every value of this type, in order. */
    public List<byte[]> values(int type) {
        int at = first(type);
        if (at < 0) {
            return List.of();
        }
        List<byte[]> values = new ArrayList<>(4);
        for (; at >= 0; at = find(type, end(at))) {
            values.add(Arrays.copyOfRange(bytes, at + 2, end(at)));
        }
        return values;
    }

    /** The first vendor attribute of this type in the usual format, or null; see {@link #vendor(int, VendorFormat, int)}. */
    public byte[] vendor(int vendorId, int type) {
        return vendor(vendorId, VendorFormat.USUAL, type);
    }

    /** Every vendor attribute of this type in the usual format, in order. */
    public List<byte[]> vendorValues(int vendorId, int type) {
        return vendorValues(vendorId, VendorFormat.USUAL, type);
    }

    /**
     * The first vendor attribute of this type, or null. One Vendor-Specific attribute may hold several; an inner length
     * that lies ends the search in that one only (RFC 2865 section 5.26).
     */
    public byte[] vendor(int vendorId, VendorFormat format, int type) {
        return has(AttributeType.VENDOR_SPECIFIC) ? VendorAttributes.first(this, vendorId, format, type) : null;
    }

    /** Every vendor attribute of this type, in order. */
    public List<byte[]> vendorValues(int vendorId, VendorFormat format, int type) {
        return has(AttributeType.VENDOR_SPECIFIC) ? VendorAttributes.all(this, vendorId, format, type) : List.of();
    }

    /** The EAP packet, its fragments joined in order (RFC 3579 section 3.1), or null. */
    public byte[] eapMessage() {
        return has(AttributeType.EAP_MESSAGE) ? joined(AttributeType.EAP_MESSAGE) : null;
    }

    /** Every attribute as it lies in the packet. */
    public void forEach(AttributeVisitor visitor) {
        for (int at = HEADER_LENGTH; at < bytes.length; at = end(at)) {
            visitor.attribute(bytes[at] & 0xff, at + 2, end(at) - at - 2);
        }
    }

    /**
     * Every vendor attribute in the usual format, in order: one pass for who looks for many. Of a vendor with another format it
     * makes no sense; who visits tells vendors apart.
     */
    public void forEachVendor(VendorVisitor visitor) {
        if (has(AttributeType.VENDOR_SPECIFIC)) {
            VendorAttributes.forEach(this, visitor);
        }
    }

    private byte[] joined(int type) {
        byte[] joined = new byte[bytes.length];
        int length = 0;
        for (int at = first(type); at >= 0; at = find(type, end(at))) {
            System.arraycopy(bytes, at + 2, joined, length, end(at) - at - 2);
            length += end(at) - at - 2;
        }
        return Arrays.copyOf(joined, length);
    }

    /** The offset of the first attribute of this type, or -1. */
    int first(int type) {
        return has(type) ? find(type, HEADER_LENGTH) : -1;
    }

    /** The offset of the next attribute of this type at or behind the attribute boundary {@code from}, or -1. */
    int find(int type, int from) {
        for (int at = from; at < bytes.length; at += bytes[at + 1] & 0xff) {
            if ((bytes[at] & 0xff) == type) {
                return at;
            }
        }
        return -1;
    }

    /** Where the attribute at this offset ends. */
    int end(int attribute) {
        return attribute + (bytes[attribute + 1] & 0xff);
    }

    /** Values may be secrets: no attribute is printed. */
    @Override
    public String toString() {
        return "RadiusPacket[code=" + code() + ", identifier=" + identifier() + ", length=" + length() + "]";
    }
}
