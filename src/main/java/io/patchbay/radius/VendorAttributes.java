package io.patchbay.radius;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Finds what vendors put into Vendor-Specific attributes (RFC 2865 section 5.26), distrusting every inner length. */
final class VendorAttributes {
    private VendorAttributes() {}

    static void forEach(RadiusPacket packet, VendorVisitor visitor) {
        byte[] bytes = packet.bytes();
        for (int at = packet.find(AttributeType.VENDOR_SPECIFIC, RadiusPacket.HEADER_LENGTH);
                at >= 0;
                at = packet.find(AttributeType.VENDOR_SPECIFIC, packet.end(at))) {
            int end = packet.end(at);
            if (end - at < 6) {
                continue;
            }
            int vendorId = number(bytes, at + 2, 4);
            for (int inner = at + 6, next; (next = next(bytes, inner, end, VendorFormat.USUAL)) > 0; inner = next) {
                visitor.attribute(vendorId, bytes[inner] & 0xff, inner + 2, next - inner - 2);
            }
        }
    }

    static byte[] first(RadiusPacket packet, int vendorId, VendorFormat format, int type) {
        if (format.continued()) {
            List<byte[]> all = all(packet, vendorId, format, type);
            return all.isEmpty() ? null : all.getFirst();
        }
        byte[] bytes = packet.bytes();
        for (int at = attribute(packet, vendorId, RadiusPacket.HEADER_LENGTH);
                at >= 0;
                at = attribute(packet, vendorId, packet.end(at))) {
            int end = packet.end(at);
            for (int inner = at + 6, next; (next = next(bytes, inner, end, format)) > 0; inner = next) {
                if (number(bytes, inner, format.typeBytes()) == type) {
                    return Arrays.copyOfRange(bytes, inner + format.headerLength(), next);
                }
            }
        }
        return null;
    }

    static List<byte[]> all(RadiusPacket packet, int vendorId, VendorFormat format, int type) {
        List<byte[]> values = new ArrayList<>(4);
        ByteArrayOutputStream fragments = null;
        byte[] bytes = packet.bytes();
        for (int at = attribute(packet, vendorId, RadiusPacket.HEADER_LENGTH);
                at >= 0;
                at = attribute(packet, vendorId, packet.end(at))) {
            int end = packet.end(at);
            for (int inner = at + 6, next; (next = next(bytes, inner, end, format)) > 0; inner = next) {
                if (number(bytes, inner, format.typeBytes()) != type) {
                    continue;
                }
                int value = inner + format.headerLength();
                boolean more = format.continued() && (bytes[value - 1] & VendorFormat.MORE) != 0;
                if (fragments == null && !more) {
                    values.add(Arrays.copyOfRange(bytes, value, next));
                    continue;
                }
                fragments = fragments == null ? new ByteArrayOutputStream() : fragments;
                fragments.write(bytes, value, next - value);
                if (!more) {
                    values.add(fragments.toByteArray());
                    fragments = null;
                }
            }
        }
        if (fragments != null) {
            values.add(fragments.toByteArray());
        }
        return values;
    }

    /** The offset of the next Vendor-Specific attribute of this vendor, or -1. */
    private static int attribute(RadiusPacket packet, int vendorId, int from) {
        byte[] bytes = packet.bytes();
        for (int at = packet.find(AttributeType.VENDOR_SPECIFIC, from);
                at >= 0;
                at = packet.find(AttributeType.VENDOR_SPECIFIC, packet.end(at))) {
            if (packet.end(at) - at >= 6 && number(bytes, at + 2, 4) == vendorId) {
                return at;
            }
        }
        return -1;
    }

    /** Where the vendor attribute at {@code inner} ends, or 0 when there is none, or only a broken one. */
    private static int next(byte[] bytes, int inner, int end, VendorFormat format) {
        if (inner + format.headerLength() > end) {
            return 0;
        }
        if (format.lengthBytes() == 0) {
            return end;
        }
        int length = number(bytes, inner + format.typeBytes(), format.lengthBytes());
        return length < format.headerLength() || length > end - inner ? 0 : inner + length;
    }

    private static int number(byte[] bytes, int offset, int count) {
        int number = 0;
        for (int i = 0; i < count; i++) {
            number = number << 8 | bytes[offset + i] & 0xff;
        }
        return number;
    }
}
