package io.patchbay.radius.dictionary;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a dictionary says of one attribute.
 *
 * @param name as written in the dictionary; names are compared without regard to case
 * @param vendor null for a standard attribute
 * @param oid the way to the value through the packet: {@code 8}; {@code 26, 4874, 160} (vendor); {@code 241, 5, 1}
 *     (extended, then TLV); {@code 245, 26, 11344, 1} (extended vendor-specific)
 * @param fixedLength bytes of a value of type {@code octets[n]}; 0 when it may vary
 * @param encryption 0 none, 1 User-Password (RFC 2865 section 5.2), 2 Tunnel-Password (RFC 2868 section 3.5), 3 Ascend
 */
public record AttributeDefinition(
        String name,
        Vendor vendor,
        List<Integer> oid,
        DataType type,
        int fixedLength,
        int encryption,
        Set<Flag> flags) {

    /** What an attribute's definition adds to its type. */
    public enum Flag {
        /** The value carries a tag that groups attributes of one tunnel (RFC 2868 section 3). */
        HAS_TAG,
        /** Several values follow each other in one attribute. */
        ARRAY,
        /** A long value is spread over several attributes, which are joined again. */
        CONCAT,
        /** The value is not for logs. */
        SECRET,
        /** The attribute exists inside a server only. */
        VIRTUAL
    }

    public AttributeDefinition {
        oid = List.copyOf(oid);
        flags = Set.copyOf(flags);
    }

    /** 0 for a standard attribute. */
    public int vendorId() {
        return vendor == null ? 0 : vendor.id();
    }

    public boolean tagged() {
        return flags.contains(Flag.HAS_TAG);
    }

    /** Whether the value is masked where people read it. */
    public boolean secret() {
        return encryption != 0 || flags.contains(Flag.SECRET);
    }

    /** Whether the attribute never appears in a packet: a standard number above 255 names a server's own variable. */
    public boolean internal() {
        return oid.getFirst() > 255 || flags.contains(Flag.VIRTUAL);
    }

    /** {@code 8}, {@code 26.4874.160}, {@code 241.5.1}. */
    public String oidText() {
        return text(oid);
    }

    static String text(List<Integer> oid) {
        return oid.stream().map(Integer::toUnsignedString).collect(Collectors.joining("."));
    }
}
