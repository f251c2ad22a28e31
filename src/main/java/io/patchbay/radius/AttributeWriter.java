package io.patchbay.radius;

import io.patchbay.wire.Octets;

/**
 * Appends attributes to a packet under construction (RFC 2865 section 5), in the caller's buffer. One writer serves one
 * packet on one thread.
 */
public final class AttributeWriter {
    /** RFC 2865 section 3. */
    public static final int MAXIMUM_PACKET_LENGTH = 4096;

    private static final int MAXIMUM_VALUE_LENGTH = 253;
    private static final int VENDOR_SPECIFIC = 26;

    private final byte[] packet;
    private final SharedSecret secret;
    private final byte[] requestAuthenticator;
    private int end;

    /**
     * @param packet at least 4096 bytes
     * @param start where the first attribute goes: 20, behind the header
     * @param requestAuthenticator 16 bytes; with {@code secret} it encrypts the attributes that are encrypted
     */
    public AttributeWriter(byte[] packet, int start, SharedSecret secret, byte[] requestAuthenticator) {
        this.packet = packet;
        this.end = start;
        this.secret = secret;
        this.requestAuthenticator = requestAuthenticator;
    }

    public int end() {
        return end;
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
        integer(value);
    }

    /**
     * A Vendor-Specific attribute that holds one vendor attribute in the usual format, one byte each of type and length
     * (RFC 2865 section 5.26).
     *
     * @param vendorId SMI enterprise number, 24 bits
     * @throws PacketTooLongException when the value is longer than 247 bytes or the packet full
     */
    public void putVendor(int vendorId, int type, byte[] value) {
        header(VENDOR_SPECIFIC, value.length + 6);
        integer(vendorId);
        packet[end++] = (byte) type;
        packet[end++] = (byte) (value.length + 2);
        System.arraycopy(value, 0, packet, end, value.length);
        end += value.length;
    }

    private void header(int type, int length) {
        if (length > MAXIMUM_VALUE_LENGTH || end + 2 + length > MAXIMUM_PACKET_LENGTH) {
            throw new PacketTooLongException(type, length, end);
        }
        packet[end++] = (byte) type;
        packet[end++] = (byte) (length + 2);
    }

    private void integer(int value) {
        packet[end++] = (byte) (value >>> 24);
        packet[end++] = (byte) (value >>> 16);
        packet[end++] = (byte) (value >>> 8);
        packet[end++] = (byte) value;
    }
}
