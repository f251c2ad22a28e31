package io.patchbay.radius.dictionary;

import io.patchbay.wire.Octets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * A packet's attributes as {@code Name = value} lines for operators. Secrets are masked, what no dictionary names or what
 * does not fit its type is shown as {@code Attr-26.9.1 = 0x...}; no byte sequence throws.
 */
public final class AttributeListing {
    private static final int VENDOR_SPECIFIC = 26;

    private final Dictionary dictionary;
    private final AttributeEncoder encoder;

    public AttributeListing(Dictionary dictionary) {
        this.dictionary = dictionary;
        this.encoder = new AttributeEncoder(dictionary);
    }

    /** @param packet whose attributes fill the bytes from {@code start} to {@code end} */
    public List<String> lines(byte[] packet, int start, int end) {
        List<String> lines = new ArrayList<>();
        int at = start;
        while (at < end) {
            int length = at + 1 < end ? packet[at + 1] & 0xff : 0;
            if (length < 2 || at + length > end) {
                lines.add("(malformed) = " + hex(Arrays.copyOfRange(packet, at, end)));
                return lines;
            }
            standard(lines, packet[at] & 0xff, Arrays.copyOfRange(packet, at + 2, at + length));
            at += length;
        }
        return lines;
    }

    private void standard(List<String> lines, int type, byte[] value) {
        if (type == VENDOR_SPECIFIC && value.length > 4 && value[0] == 0) {
            vendor(lines, List.of(type), value);
            return;
        }
        AttributeDefinition attribute = dictionary.byNumber(type);
        int head = attribute == null
                ? 0
                : attribute.type() == DataType.EXTENDED ? 1 : attribute.type() == DataType.LONG_EXTENDED ? 2 : 0;
        boolean fragment = head == 2 && value.length > 1 && value[1] != 0;
        if (head == 0 || value.length <= head || fragment) {
            line(lines, List.of(type), value);
            return;
        }
        List<Integer> oid = List.of(type, value[0] & 0xff);
        AttributeDefinition inner = dictionary.byOid(oid);
        byte[] rest = Arrays.copyOfRange(value, head, value.length);
        if (inner != null && inner.type() == DataType.EVS && rest.length > 5) {
            List<Integer> path = join(oid, number(rest, 0, 4));
            line(lines, join(path, rest[4] & 0xff), Arrays.copyOfRange(rest, 5, rest.length));
        } else {
            line(lines, oid, rest);
        }
    }

    private void vendor(List<String> lines, List<Integer> outer, byte[] value) {
        int id = number(value, 0, 4);
        Vendor known = dictionary.vendor(id);
        Vendor vendor = known == null ? Vendor.usual("", id) : known;
        List<Integer> path = join(outer, id);
        List<String> inner = new ArrayList<>();
        int at = 4;
        while (at < value.length) {
            int head = vendor.headerLength();
            int length = at + head > value.length
                    ? 0
                    : vendor.lengthBytes() == 0
                            ? value.length - at
                            : number(value, at + vendor.typeBytes(), vendor.lengthBytes());
            boolean continued = vendor.continuation() && length >= head && value[at + head - 1] != 0;
            if (length < head || length > value.length - at || continued) {
                // Not laid out as the format says: shown whole, never half.
                lines.add("Attr-" + AttributeDefinition.text(path) + " = "
                        + hex(Arrays.copyOfRange(value, 4, value.length)));
                return;
            }
            line(
                    inner,
                    join(path, number(value, at, vendor.typeBytes())),
                    Arrays.copyOfRange(value, at + head, at + length));
            at += length;
        }
        lines.addAll(inner);
    }

    private void line(List<String> lines, List<Integer> oid, byte[] value) {
        AttributeDefinition attribute = dictionary.byOid(oid);
        if (attribute == null) {
            lines.add("Attr-" + AttributeDefinition.text(oid) + " = " + hex(value));
        } else if (attribute.secret()) {
            lines.add(attribute.name() + " = ***");
        } else if (attribute.type() == DataType.TLV) {
            tlv(lines, attribute, value);
        } else {
            lines.add(named(attribute, value));
        }
    }

    private void tlv(List<String> lines, AttributeDefinition attribute, byte[] value) {
        List<String> inner = new ArrayList<>();
        int at = 0;
        while (at < value.length) {
            int length = at + 1 < value.length ? value[at + 1] & 0xff : 0;
            if (length < 2 || at + length > value.length) {
                lines.add(attribute.name() + " = " + hex(value));
                return;
            }
            line(inner, join(attribute.oid(), value[at] & 0xff), Arrays.copyOfRange(value, at + 2, at + length));
            at += length;
        }
        lines.addAll(inner);
    }

    private String named(AttributeDefinition attribute, byte[] value) {
        String name = attribute.name();
        byte[] untagged = value;
        if (attribute.tagged() && value.length > 0 && (value[0] & 0xff) <= 0x1f) {
            boolean integer = attribute.type().integerBytes() == 4;
            name += value[0] == 0 ? "" : ":" + value[0];
            untagged = integer ? value.clone() : Arrays.copyOfRange(value, 1, value.length);
            if (integer) {
                untagged[0] = 0;
            }
        }
        // Bytes that are text (a circuit-id, our Class) are easier to read, and to compare, as text.
        boolean octets = attribute.type() == DataType.OCTETS;
        String text = octets ? Octets.of(untagged).display() : encoder.decode(attribute, untagged);
        boolean quoted = (octets || attribute.type() == DataType.STRING) && !text.startsWith("0x");
        return name + " = " + (quoted ? '"' + text + '"' : text);
    }

    private static int number(byte[] bytes, int offset, int length) {
        int number = 0;
        for (int i = 0; i < length; i++) {
            number = number << 8 | bytes[offset + i] & 0xff;
        }
        return number;
    }

    private static List<Integer> join(List<Integer> oid, int number) {
        List<Integer> joined = new ArrayList<>(oid);
        joined.add(number);
        return joined;
    }

    private static String hex(byte[] bytes) {
        return "0x" + HexFormat.of().formatHex(bytes);
    }
}
