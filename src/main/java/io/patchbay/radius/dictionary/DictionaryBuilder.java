package io.patchbay.radius.dictionary;

import io.patchbay.radius.dictionary.AttributeDefinition.Flag;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Gathers the lines of dictionary files, knowing in which vendor's or TLV's block each one stands. */
final class DictionaryBuilder {
    private static final int VENDOR_SPECIFIC = 26;

    private final Map<String, AttributeDefinition> byName = new HashMap<>();
    private final Map<List<Integer>, AttributeDefinition> byOid = new HashMap<>();
    private final Map<String, Vendor> vendorsByName = new HashMap<>();
    private final Map<Integer, Vendor> vendors = new HashMap<>();
    private final List<ValueLine> valueLines = new ArrayList<>();
    private final List<String> redefinitions = new ArrayList<>();
    private final Deque<Place> places = new ArrayDeque<>();
    private int includes;
    private int vendorLines;
    private int attributeLines;

    /** A VALUE may precede its ATTRIBUTE: values find their attribute when everything is read. */
    private record ValueLine(Path file, int line, String attribute, String name, String number) {}

    /** Where the parser stands: a file, its line, and the blocks open in it. */
    private static final class Place {
        private final Path file;
        private int line;
        private Vendor vendor;
        private List<Integer> vendorOid = List.of();
        private final Deque<AttributeDefinition> tlvs = new ArrayDeque<>();

        private Place(Path file) {
            this.file = file;
        }

        private List<Integer> base() {
            return tlvs.isEmpty() ? vendorOid : tlvs.peek().oid();
        }
    }

    void beginFile(Path file) {
        places.push(new Place(file));
    }

    void endFile(int lines) {
        line(lines);
        Place place = places.peek();
        if (!place.tlvs.isEmpty()) {
            throw wrong("BEGIN-TLV " + place.tlvs.peek().name() + " is still open at the end; add its END-TLV");
        }
        if (place.vendor != null) {
            throw wrong("BEGIN-VENDOR " + place.vendor.name() + " is still open at the end; add its END-VENDOR");
        }
        places.pop();
    }

    void line(int number) {
        places.peek().line = number;
    }

    void countInclude() {
        includes++;
    }

    void vendor(String[] words) {
        vendorLines++;
        if (words.length != 3 && words.length != 4) {
            throw wrong("VENDOR takes a name, a number and perhaps a format, as in 'VENDOR Cisco 9'");
        }
        int id = (int) number(words[2], 0xffffff);
        Vendor vendor = words.length == 3 ? Vendor.usual(words[1], id) : Vendor.withFormat(words[1], id, words[3]);
        if (vendor == null) {
            throw wrong(
                    "'" + words[3] + "' is no vendor format; use format=T,L with T 1, 2 or 4 bytes of type and L 0, 1"
                            + " or 2 bytes of length, or format=1,1,c");
        }
        vendorsByName.put(Dictionary.key(vendor.name()), vendor);
        vendors.put(vendor.id(), vendor);
    }

    void beginVendor(String[] words) {
        Place place = places.peek();
        if (words.length != 2 && words.length != 3) {
            throw wrong("BEGIN-VENDOR takes a vendor's name and perhaps parent=Extended-Vendor-Specific-N");
        }
        if (place.vendor != null) {
            throw wrong("BEGIN-VENDOR " + place.vendor.name() + " is still open; add its END-VENDOR before this line");
        }
        Vendor vendor = vendorsByName.get(Dictionary.key(words[1]));
        if (vendor == null) {
            throw wrong("no VENDOR line names '" + words[1] + "'; add one with its number before this line");
        }
        place.vendor = vendor;
        place.vendorOid = join(words.length == 3 ? extendedParent(words[2]) : List.of(VENDOR_SPECIFIC), vendor.id());
    }

    private List<Integer> extendedParent(String word) {
        // v3 writes format=, later versions parent=; both name the attribute that holds the vendor.
        String name = word.startsWith("parent=") || word.startsWith("format=") ? word.substring(7) : "";
        AttributeDefinition parent = byName.get(Dictionary.key(name));
        if (parent == null || parent.type() != DataType.EVS) {
            throw wrong(
                    "'" + word + "' names no attribute of type evs; use parent=Extended-Vendor-Specific-1 to -6, and"
                            + " include rfc6929 before this line");
        }
        return parent.oid();
    }

    void endVendor(String[] words) {
        Place place = places.peek();
        if (words.length != 2 || place.vendor == null || !place.vendor.name().equalsIgnoreCase(words[1])) {
            throw wrong("END-VENDOR closes "
                    + (place.vendor == null ? "nothing: no BEGIN-VENDOR is open" : place.vendor.name())
                    + "; write END-VENDOR with the name of its BEGIN-VENDOR");
        }
        place.vendor = null;
        place.vendorOid = List.of();
    }

    void beginTlv(String[] words) {
        AttributeDefinition tlv = words.length == 2 ? byName.get(Dictionary.key(words[1])) : null;
        if (tlv == null || tlv.type() != DataType.TLV) {
            throw wrong("BEGIN-TLV takes the name of an attribute of type tlv that is defined before this line");
        }
        places.peek().tlvs.push(tlv);
    }

    void endTlv(String[] words) {
        AttributeDefinition tlv = places.peek().tlvs.poll();
        if (tlv == null || words.length != 2 || !tlv.name().equalsIgnoreCase(words[1])) {
            throw wrong("END-TLV closes " + (tlv == null ? "nothing: no BEGIN-TLV is open" : tlv.name())
                    + "; write END-TLV with the name of its BEGIN-TLV");
        }
    }

    void attribute(String[] words) {
        attributeLines++;
        if (words.length < 4) {
            throw wrong("ATTRIBUTE takes a name, a number and a type, as in 'ATTRIBUTE User-Name 1 string'");
        }
        List<Integer> oid = oid(words[2]);
        String typeWord = words[3];
        int fixedLength = 0;
        int bracket = typeWord.indexOf('[');
        if (bracket > 0 && typeWord.endsWith("]")) {
            fixedLength = (int) number(typeWord.substring(bracket + 1, typeWord.length() - 1), 253);
            typeWord = typeWord.substring(0, bracket);
        }
        DataType type = DataType.of(typeWord);
        if (type == null || (bracket > 0 && type != DataType.OCTETS)) {
            throw wrong(
                    "'" + words[3] + "' is no data type; use one such as string, octets, octets[16], integer, ipaddr,"
                            + " ipv6prefix or tlv");
        }
        Set<Flag> flags = EnumSet.noneOf(Flag.class);
        int encryption = 0;
        for (String word :
                String.join(",", Arrays.asList(words).subList(4, words.length)).split(",")) {
            switch (word) {
                case "" -> {}
                case "has_tag" -> flags.add(Flag.HAS_TAG);
                case "array" -> flags.add(Flag.ARRAY);
                case "concat" -> flags.add(Flag.CONCAT);
                case "secret" -> flags.add(Flag.SECRET);
                case "virtual" -> flags.add(Flag.VIRTUAL);
                case "encrypt=1", "encrypt=2", "encrypt=3" -> encryption = word.charAt(8) - '0';
                default ->
                    throw wrong(
                            "'" + word + "' is no flag; use has_tag, encrypt=1, encrypt=2, encrypt=3, array, concat,"
                                    + " secret or virtual, joined by commas");
            }
        }
        define(new AttributeDefinition(words[1], places.peek().vendor, oid, type, fixedLength, encryption, flags));
    }

    private void define(AttributeDefinition attribute) {
        AttributeDefinition sameName = byName.put(Dictionary.key(attribute.name()), attribute);
        AttributeDefinition sameOid = byOid.put(attribute.oid(), attribute);
        if (sameName != null && !sameName.equals(attribute)) {
            redefinitions.add(here() + ": " + attribute.name() + " was " + sameName.oidText() + " "
                    + sameName.type().word() + " before");
        } else if (sameName == null && sameOid != null) {
            redefinitions.add(here() + ": " + attribute.oidText() + " was " + sameOid.name() + " before");
        }
    }

    /** The number in its block, after a check that each part fits and that every parent may hold it. */
    private List<Integer> oid(String text) {
        Place place = places.peek();
        List<Integer> oid = place.base();
        String[] parts = text.split("\\.", -1);
        for (int i = 0; i < parts.length; i++) {
            if (i > 0) {
                AttributeDefinition parent = byOid.get(oid);
                if (parent == null || !parent.type().isContainer()) {
                    throw wrong("nothing that holds other attributes is defined as " + AttributeDefinition.text(oid)
                            + "; define it before this line, with type tlv or extended");
                }
            }
            oid = join(oid, (int) number(parts[i], largestNumber(place, oid)));
        }
        return oid;
    }

    private static long largestNumber(Place place, List<Integer> parent) {
        if (place.vendor != null && parent.equals(place.vendorOid)) {
            boolean extended = parent.getFirst() != VENDOR_SPECIFIC;
            return extended ? 255 : (1L << 8 * place.vendor.typeBytes()) - 1;
        }
        // Standard numbers above 255 are a server's own variables.
        return parent.isEmpty() ? 65535 : 255;
    }

    void value(String[] words) {
        if (words.length != 4) {
            throw wrong("VALUE takes an attribute, a name and a number, as in 'VALUE Service-Type Framed-User 2'");
        }
        valueLines.add(new ValueLine(places.peek().file, places.peek().line, words[1], words[2], words[3]));
    }

    Dictionary build(int files) {
        Map<String, ValueNames> values = new HashMap<>();
        for (ValueLine value : valueLines) {
            AttributeDefinition attribute = byName.get(Dictionary.key(value.attribute));
            if (attribute == null) {
                throw new DictionaryException(
                        value.file,
                        value.line,
                        "VALUE names the attribute '" + value.attribute
                                + "', which no ATTRIBUTE line defines; add it or" + " correct the name");
            }
            // Some vendors name numbers inside structured octets; the names are kept, as FreeRADIUS keeps them.
            int bytes =
                    attribute.type() == DataType.OCTETS ? 8 : attribute.type().integerBytes();
            if (bytes == 0) {
                throw new DictionaryException(
                        value.file,
                        value.line,
                        "values have names in integer attributes only; " + attribute.name() + " is of type "
                                + attribute.type().word());
            }
            Long number = parse(value.number, bytes == 8 ? -1 : (1L << 8 * bytes) - 1);
            if (number == null) {
                throw new DictionaryException(
                        value.file,
                        value.line,
                        "'" + value.number + "' does not fit " + attribute.name() + ", which has " + bytes
                                + " bytes; use a decimal or 0x number");
            }
            values.computeIfAbsent(Dictionary.key(value.attribute), name -> new ValueNames())
                    .add(value.name, number);
        }
        var counts = new Dictionary.Counts(files, includes, vendorLines, attributeLines, valueLines.size());
        return new Dictionary(byName, byOid, values, vendors, counts, redefinitions);
    }

    private long number(String text, long largest) {
        Long number = parse(text, largest);
        if (number == null) {
            throw wrong("'" + text + "' is no number from 0 to " + largest + "; write it in decimal or as 0x");
        }
        return number;
    }

    /** @param largest compared as unsigned; @return null when {@code text} is no such number */
    private static Long parse(String text, long largest) {
        try {
            long number = text.startsWith("0x")
                    ? Long.parseUnsignedLong(text, 2, text.length(), 16)
                    : Long.parseUnsignedLong(text);
            return Long.compareUnsigned(number, largest) > 0 ? null : number;
        } catch (NumberFormatException | IndexOutOfBoundsException notANumber) {
            return null;
        }
    }

    private static List<Integer> join(List<Integer> oid, int number) {
        List<Integer> joined = new ArrayList<>(oid);
        joined.add(number);
        return List.copyOf(joined);
    }

    private String here() {
        return places.peek().file + ":" + places.peek().line;
    }

    private DictionaryException wrong(String sentence) {
        return new DictionaryException(places.peek().file, places.peek().line, sentence);
    }
}
