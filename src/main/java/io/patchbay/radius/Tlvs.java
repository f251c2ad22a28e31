package io.patchbay.radius;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Attributes within a value: type, length including these two bytes, value (RFC 6929 section 2.3). A value may hold
 * several, one behind the other, and each may hold more. A length that lies ends the reading.
 */
public final class Tlvs {
    private Tlvs() {}

    /** The first value on the path, {@code 1, 2} being type 2 within type 1, or null. */
    public static byte[] value(byte[] tlvs, int... path) {
        byte[] value = tlvs;
        for (int type : path) {
            List<byte[]> values = values(value, type);
            if (values.isEmpty()) {
                return null;
            }
            value = values.getFirst();
        }
        return value;
    }

    /** Every value of this type, in order. */
    public static List<byte[]> values(byte[] tlvs, int type) {
        List<byte[]> values = new ArrayList<>(2);
        int at = 0;
        while (at + 2 <= tlvs.length) {
            int length = tlvs[at + 1] & 0xff;
            if (length < 2 || at + length > tlvs.length) {
                break;
            }
            if ((tlvs[at] & 0xff) == type) {
                values.add(Arrays.copyOfRange(tlvs, at + 2, at + length));
            }
            at += length;
        }
        return values;
    }

    /**
     * One TLV; several in a row are their concatenation.
     *
     * @throws PacketTooLongException when the value is longer than 253 bytes
     */
    public static byte[] of(int type, byte[] value) {
        if (value.length > 253) {
            throw new PacketTooLongException(type, value.length, 0);
        }
        byte[] tlv = new byte[value.length + 2];
        tlv[0] = (byte) type;
        tlv[1] = (byte) tlv.length;
        System.arraycopy(value, 0, tlv, 2, value.length);
        return tlv;
    }
}
