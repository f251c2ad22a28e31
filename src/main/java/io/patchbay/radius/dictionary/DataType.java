package io.patchbay.radius.dictionary;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The shape of an attribute's value (RFC 8044, and the types that FreeRADIUS adds). */
public enum DataType {
    STRING("string"),
    OCTETS("octets"),
    INTEGER("integer"),
    INTEGER64("integer64"),
    SHORT("short"),
    BYTE("byte"),
    SIGNED("signed"),
    BOOL("bool"),
    DATE("date"),
    IPADDR("ipaddr"),
    IPV4PREFIX("ipv4prefix"),
    IPV6ADDR("ipv6addr"),
    IPV6PREFIX("ipv6prefix"),
    /** An IPv4 or an IPv6 address: 4 or 16 bytes. */
    COMBO_IP("combo-ip"),
    IFID("ifid"),
    ETHER("ether"),
    /** Ascend's packet filter, kept as bytes. */
    ABINARY("abinary"),
    TLV("tlv"),
    EXTENDED("extended"),
    LONG_EXTENDED("long-extended"),
    /** Attribute 26 itself (RFC 2865 section 5.26). */
    VSA("vsa"),
    /** Extended-Vendor-Specific (RFC 6929 section 4.5). */
    EVS("evs");

    private static final Map<String, DataType> BY_WORD = new TreeMap<>();

    static {
        for (DataType type : values()) {
            BY_WORD.put(type.word, type);
        }
        BY_WORD.put("text", STRING);
        BY_WORD.put("uint8", BYTE);
        BY_WORD.put("uint16", SHORT);
        BY_WORD.put("uint32", INTEGER);
        BY_WORD.put("uint64", INTEGER64);
        BY_WORD.put("int32", SIGNED);
        BY_WORD.put("time", DATE);
        BY_WORD.put("ipv4addr", IPADDR);
        BY_WORD.put("comboip", COMBO_IP);
        BY_WORD.put("ethernet", ETHER);
        BY_WORD.put("long_extended", LONG_EXTENDED);
    }

    private final String word;

    DataType(String word) {
        this.word = word;
    }

    /** The type's name in a dictionary file. */
    public String word() {
        return word;
    }

    /** Whether other attributes live inside this one. */
    public boolean isContainer() {
        return switch (this) {
            case TLV, EXTENDED, LONG_EXTENDED, VSA, EVS -> true;
            case STRING,
                    OCTETS,
                    INTEGER,
                    INTEGER64,
                    SHORT,
                    BYTE,
                    SIGNED,
                    BOOL,
                    DATE,
                    IPADDR,
                    IPV4PREFIX,
                    IPV6ADDR,
                    IPV6PREFIX,
                    COMBO_IP,
                    IFID,
                    ETHER,
                    ABINARY -> false;
        };
    }

    /** Bytes of an integer, whose values may have names; 0 for every other type. */
    public int integerBytes() {
        return switch (this) {
            case INTEGER, SIGNED, DATE -> 4;
            case INTEGER64 -> 8;
            case SHORT -> 2;
            case BYTE, BOOL -> 1;
            case STRING,
                    OCTETS,
                    IPADDR,
                    IPV4PREFIX,
                    IPV6ADDR,
                    IPV6PREFIX,
                    COMBO_IP,
                    IFID,
                    ETHER,
                    ABINARY,
                    TLV,
                    EXTENDED,
                    LONG_EXTENDED,
                    VSA,
                    EVS -> 0;
        };
    }

    /** @return null when {@code word} names no type; aliases such as {@code uint32} count, upper and lower case alike */
    static DataType of(String word) {
        return BY_WORD.get(word.toLowerCase(Locale.ROOT));
    }
}
