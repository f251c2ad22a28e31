package io.patchbay.radius;

import io.patchbay.wire.Octets;
import java.util.Arrays;

/**
 * Appends attributes to a packet under construction (RFC 2865 section 5). One writer serves one packet on one thread.
 */
public final class AttributeWriter {
    /** RFC 2865 section 3. */
    public static final int MAXIMUM_PACKET_LENGTH = RadiusPacket.MAXIMUM_LENGTH;

    private static final int MAXIMUM_VALUE_LENGTH = 253;

    private byte[] packet;
    private final SharedSecret secret;
    private final byte[] requestAuthenticator;
    private int end;

    /**
     * @param packet the buffer to begin with; a larger one replaces it as attributes come, see {@link #buffer()}
     * @param start where the first attribute goes: 20, behind the header
     * @param requestAuthenticator 16 bytes; with {@code secret} it encrypts the attributes that are encrypted
     */
    public AttributeWriter(byte[] packet, int start, SharedSecret secret, byte[] requestAuthenticator) {
        this.packet = packet;
        this.end = start;
        this.secret = secret;
        this.requestAuthenticator = requestAuthenticator;
    }

    /** Where the next attribute goes: the packet's length so far. */
    public int end() {
        return end;
    }

    /** The packet so far, in its first {@link #end()} bytes; valid until the next attribute is put. */
    public byte[] buffer() {
        return packet;
    }

    public SharedSecret secret() {
        return secret;
    }

    public byte[] requestAuthenticator() {
        return requestAuthenticator;
    }

    /** @throws PacketTooLongException when the value is longer than 253 bytes or the packet full */
    public void put(int type, byte[] value) {
        put(type, value, 0, value.length);
    }

    /** @throws PacketTooLongException when the value is longer than 253 bytes or the packet full */
    public void put(int type, byte[] source, int offset, int length) {
        header(type, length);
        System.arraycopy(source, offset, packet, end, length);
        end += length;
    }

    /** @throws PacketTooLongException when the value is longer than 253 bytes or the packet full */
    public void put(int type, Octets value) {
        header(type, value.length());
        value.copyTo(packet, end);
        end += value.length();
    }

    /** A four-byte integer, network order. */
    public void putInteger(int type, int value) {
        header(type, 4);
        number(value, 4);
    }

    /**
     * A value that may be longer than one attribute, split over as many of the type as it needs (EAP-Message, RFC 3579
     * section 3.1; dictionaries say {@code concat}).
     */
    public void putSplit(int type, byte[] value) {
        int offset = 0;
        do {
            int length = Math.min(value.length - offset, MAXIMUM_VALUE_LENGTH);
            put(type, value, offset, length);
            offset += length;
        } while (offset < value.length);
    }

    /**
     * A Vendor-Specific attribute that holds one vendor attribute in the usual format, one byte each of type and length
     * (RFC 2865 section 5.26).
     *
     * @param vendorId SMI enterprise number, 24 bits
     * @throws PacketTooLongException when the value is longer than 247 bytes or the packet full
     */
    public void putVendor(int vendorId, int type, byte[] value) {
        header(AttributeType.VENDOR_SPECIFIC, value.length + 6);
        number(vendorId, 4);
        packet[end++] = (byte) type;
        packet[end++] = (byte) (value.length + 2);
        System.arraycopy(value, 0, packet, end, value.length);
        end += value.length;
    }

    /**
     * A Vendor-Specific attribute that holds one vendor attribute in the vendor's own format; in a continued format
     * ({@code 1,1,c}) a long value takes several.
     *
     * @throws PacketTooLongException when the value is longer than one attribute, or the packet full
     */
    public void putVendor(int vendorId, VendorFormat format, int type, byte[] value) {
        int room = MAXIMUM_VALUE_LENGTH - 4 - format.headerLength();
        int offset = 0;
        do {
            int rest = value.length - offset;
            int length = format.continued() ? Math.min(rest, room) : rest;
            header(AttributeType.VENDOR_SPECIFIC, 4 + format.headerLength() + length);
            number(vendorId, 4);
            number(type, format.typeBytes());
            number(format.headerLength() + length, format.lengthBytes());
            if (format.continued()) {
                packet[end++] = (byte) (length < rest ? VendorFormat.MORE : 0);
            }
            System.arraycopy(value, offset, packet, end, length);
            end += length;
            offset += length;
        } while (offset < value.length);
    }

    /** The same as {@link #putVendor(int, VendorFormat, int, byte[])} for a format without continuation. */
    public void putVendor(int vendorId, int typeBytes, int lengthBytes, int type, byte[] value) {
        putVendor(vendorId, new VendorFormat(typeBytes, lengthBytes, false), type, value);
    }

    /** Every Proxy-State of the request, unchanged and in order (RFC 2865 section 5.33). */
    public void putProxyState(RadiusPacket request) {
        for (int at = request.first(AttributeType.PROXY_STATE);
                at >= 0;
                at = request.find(AttributeType.PROXY_STATE, request.end(at))) {
            put(AttributeType.PROXY_STATE, request.bytes(), at + 2, request.end(at) - at - 2);
        }
    }

    private void header(int type, int length) {
        int needed = end + 2 + length;
        if (length > MAXIMUM_VALUE_LENGTH || needed > MAXIMUM_PACKET_LENGTH) {
            throw new PacketTooLongException(type, length, end);
        }
        if (needed > packet.length) {
            packet = Arrays.copyOf(packet, Math.min(Math.max(needed, packet.length * 2), MAXIMUM_PACKET_LENGTH));
        }
        packet[end++] = (byte) type;
        packet[end++] = (byte) (length + 2);
    }

    private void number(int value, int count) {
        for (int shift = 8 * (count - 1); shift >= 0; shift -= 8) {
            packet[end++] = (byte) (value >>> shift);
        }
    }
}
