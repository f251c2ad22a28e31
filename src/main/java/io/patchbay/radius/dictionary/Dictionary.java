package io.patchbay.radius.dictionary;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Attributes, vendors and value names of the files that {@link DictionaryParser} read; immutable. Of two definitions of
 * one name or one number the later stands, and {@link #redefinitions()} tells of it.
 */
public final class Dictionary {
    private final Map<String, AttributeDefinition> byName;
    private final Map<List<Integer>, AttributeDefinition> byOid;
    private final Map<String, ValueNames> values;
    private final Map<Integer, Vendor> vendors;
    private final Counts counts;
    private final List<String> redefinitions;

    /** How many lines of each kind were read. */
    public record Counts(int files, int includes, int vendors, int attributes, int values) {}

    Dictionary(
            Map<String, AttributeDefinition> byName,
            Map<List<Integer>, AttributeDefinition> byOid,
            Map<String, ValueNames> values,
            Map<Integer, Vendor> vendors,
            Counts counts,
            List<String> redefinitions) {
        this.byName = Map.copyOf(byName);
        this.byOid = Map.copyOf(byOid);
        this.values = Map.copyOf(values);
        this.vendors = Map.copyOf(vendors);
        this.counts = counts;
        this.redefinitions = List.copyOf(redefinitions);
    }

    /** @return null when no attribute has this name, upper and lower case alike */
    public AttributeDefinition byName(String name) {
        return byName.get(key(name));
    }

    /**
     * @param oid the way through the packet, as {@link AttributeDefinition#oid()} has it
     * @return null when nothing is defined there
     */
    public AttributeDefinition byOid(List<Integer> oid) {
        return byOid.get(oid);
    }

    /** A standard attribute; null when the number has no name. */
    public AttributeDefinition byNumber(int type) {
        return byOid.get(List.of(type));
    }

    /** A vendor's attribute; null when the number has no name. */
    public AttributeDefinition byNumber(int vendorId, int type) {
        return byOid.get(List.of(26, vendorId, type));
    }

    /** @return null when no VENDOR line has this number */
    public Vendor vendor(int id) {
        return vendors.get(id);
    }

    /** The named values of an attribute, none of them when it has no VALUE lines. */
    public ValueNames values(AttributeDefinition attribute) {
        return values.getOrDefault(key(attribute.name()), ValueNames.NONE);
    }

    /** Every attribute that has a name of its own. */
    public Collection<AttributeDefinition> attributes() {
        return byName.values();
    }

    public Counts counts() {
        return counts;
    }

    /** One sentence for each name or number that was defined again with another meaning. */
    public List<String> redefinitions() {
        return redefinitions;
    }

    static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
