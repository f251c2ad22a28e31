package io.patchbay.radius.dictionary;

import io.patchbay.radius.AttributeWriter;
import io.patchbay.radius.PacketTooLongException;
import io.patchbay.radius.TunnelPassword;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the wire puts around the value of one attribute, made ready once: vendor id, type and length in the vendor's
 * format (RFC 2865 section 5.26), extended types and their flags (RFC 6929 sections 2.1, 2.2), TLV headers, the tag (RFC
 * 2868 section 3) and the salted encryption (RFC 2868 section 3.5). A writer puts the value into a buffer at
 * {@link #valueOffset()}; {@link #write} fills in what stands before it and appends the whole.
 */
public final class AttributeFrame {
    /** Bytes that a buffer for {@link #write} needs beyond the value itself: no header is longer. */
    public static final int MAXIMUM_OVERHEAD = 32;

    private static final int MAXIMUM_ENCRYPTED_LENGTH = 239;
    private static final int NO_TAG = -1;

    private final int type;
    private final byte[] head;
    private final List<LengthField> lengths;
    private final AttributeDefinition attribute;
    private final int tag;

    /** A length inside the head: its place, its bytes, and where what it counts begins. */
    private record LengthField(int place, int bytes, int start) {}

    private AttributeFrame(int type, byte[] head, List<LengthField> lengths, AttributeDefinition attribute, int tag) {
        this.type = type;
        this.head = head;
        this.lengths = List.copyOf(lengths);
        this.attribute = attribute;
        this.tag = tag;
    }

    /**
     * @param tag 0 to 31; null for none. A tagged integer always has a tag byte, 0 for none; in text no tag means no
     *     byte, except before text that could be read as a tag.
     * @throws IllegalArgumentException when the attribute cannot be sent, or has no tag; a sentence for an operator
     */
    public static AttributeFrame of(AttributeDefinition attribute, Integer tag) {
        if (attribute.internal()) {
            throw new IllegalArgumentException(attribute.name()
                    + " is a server's own variable and never sent; use a standard or vendor attribute");
        }
        if (tag != null && (!attribute.tagged() || tag < 0 || tag > 31)) {
            throw new IllegalArgumentException(
                    attribute.tagged()
                            ? "tag " + tag + " is outside 0..31"
                            : attribute.name() + " has no tag; drop the ':" + tag + "' behind its name");
        }
        if (attribute.type().isContainer()) {
            throw new IllegalArgumentException(attribute.name() + " only holds other attributes; name one of those");
        }
        if (attribute.encryption() == 1 || attribute.encryption() == 3) {
            throw new IllegalArgumentException(
                    attribute.name() + " is encrypted as a password and belongs in requests");
        }
        return head(attribute, tag == null ? NO_TAG : tag);
    }

    private static AttributeFrame head(AttributeDefinition attribute, int tag) {
        List<Integer> oid = attribute.oid();
        int type = oid.getFirst();
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        List<LengthField> lengths = new ArrayList<>();
        int depth = 1;
        if (type >= 241 && oid.size() > 1) {
            head.write(oid.get(depth++));
            if (type >= 245) {
                head.write(0); // flags: no fragment follows
            }
        }
        Vendor vendor = attribute.vendor();
        if (vendor != null) {
            number(head, vendor.id(), 4);
            depth++;
            int number = oid.get(depth++);
            if (type == 26) {
                int start = head.size();
                number(head, number, vendor.typeBytes());
                lengths.add(new LengthField(head.size(), vendor.lengthBytes(), start));
                number(head, 0, vendor.lengthBytes() + (vendor.continuation() ? 1 : 0));
            } else {
                head.write(number);
            }
        }
        for (; depth < oid.size(); depth++) {
            head.write(oid.get(depth));
            lengths.add(new LengthField(head.size(), 1, head.size() - 1));
            head.write(0);
        }
        return new AttributeFrame(type, head.toByteArray(), lengths, attribute, tag);
    }

    /** Where a writer puts the value; for a tagged value in text one byte is left free for the tag. */
    public int valueOffset() {
        return head.length + (tagByte() ? 1 : 0);
    }

    /** Whether the tag has a byte of its own; an integer carries it in its high byte. */
    private boolean tagByte() {
        return attribute.tagged() && attribute.type().integerBytes() != 4;
    }

    /**
     * Appends the attribute.
     *
     * @param buffer holds the value at {@link #valueOffset()}; what stands before it is overwritten
     * @throws PacketTooLongException when the value is too long for one attribute, or the packet full
     */
    public void write(AttributeWriter out, byte[] buffer, int valueLength) {
        int start = valueOffset();
        int end = start + valueLength;
        byte[] source = buffer;
        int tagLength = 0;
        int tagValue = Math.max(tag, 0);
        if (tagByte()) {
            boolean ambiguous = attribute.encryption() != 0 || (valueLength > 0 && (buffer[start] & 0xff) <= 0x1f);
            tagLength = tag != NO_TAG || ambiguous ? 1 : 0;
        }
        if (attribute.encryption() == 2) {
            if (valueLength > MAXIMUM_ENCRYPTED_LENGTH) {
                throw new PacketTooLongException(type, valueLength, out.end());
            }
            byte[] plain = Arrays.copyOfRange(buffer, start, end);
            byte[] hidden = TunnelPassword.encrypt(
                    out.secret().bytes(), out.requestAuthenticator(), plain, TunnelPassword.nextSalt());
            source = new byte[start + hidden.length];
            System.arraycopy(hidden, 0, source, start, hidden.length);
            end = source.length;
        } else if (attribute.tagged() && !tagByte()) {
            source[start] = (byte) tagValue;
        }
        if (tagLength == 1) {
            source[start - 1] = (byte) tagValue;
        }
        int first = start - tagLength - head.length;
        System.arraycopy(head, 0, source, first, head.length);
        for (LengthField length : lengths) {
            AttributeEncoder.writeNumber(source, first + length.place, end - first - length.start, length.bytes);
        }
        out.put(type, source, first, end - first);
    }

    private static void number(ByteArrayOutputStream out, int number, int bytes) {
        for (int i = bytes - 1; i >= 0; i--) {
            out.write(number >>> 8 * i);
        }
    }
}
