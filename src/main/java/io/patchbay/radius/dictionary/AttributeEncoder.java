package io.patchbay.radius.dictionary;

import io.patchbay.wire.IpPrefix;
import io.patchbay.wire.Octets;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.OptionalLong;

/**
 * Values between text and bytes, by data type (RFC 8044); what the wire wants around a value is {@link AttributeFrame}'s.
 *
 * <p>An ipv6prefix is written with all 16 bytes of its prefix and zeros behind its length: RFC 3162 section 2.3 lets a
 * sender shorten it, but FreeRADIUS does not, so the long form is what every NAS has seen. Both forms are read.
 */
public final class AttributeEncoder {
    private final Dictionary dictionary;

    public AttributeEncoder(Dictionary dictionary) {
        this.dictionary = dictionary;
    }

    /**
     * @param text octets as {@code 0x...} or text; integers in decimal, {@code 0x...} or by name; dates as seconds since
     *     1970 or {@code 2026-01-31T12:00:00Z}
     * @throws IllegalArgumentException when it does not fit the attribute; the message is a sentence for an operator
     */
    public byte[] encode(AttributeDefinition attribute, String text) {
        byte[] value =
                switch (attribute.type()) {
                    case STRING -> text.getBytes(StandardCharsets.UTF_8);
                    case OCTETS, ABINARY -> octets(attribute, text);
                    case INTEGER, INTEGER64, SHORT, BYTE -> integer(attribute, text);
                    case SIGNED -> signed(attribute, text);
                    case BOOL -> bool(attribute, text);
                    case DATE -> date(attribute, text);
                    case IPADDR -> address(attribute, text, 32);
                    case IPV6ADDR -> address(attribute, text, 128);
                    case COMBO_IP -> address(attribute, text, text.indexOf(':') < 0 ? 32 : 128);
                    case IPV4PREFIX -> prefix(attribute, text, false);
                    case IPV6PREFIX -> prefix(attribute, text, true);
                    case IFID -> groups(attribute, text, ":", 4, 4);
                    case ETHER -> groups(attribute, text.replace('-', ':'), ":", 6, 2);
                    case TLV, EXTENDED, LONG_EXTENDED, VSA, EVS ->
                        throw wrong(attribute, text, "no value: name an attribute inside it");
                };
        if (value.length == 0 || value.length > 253) {
            throw wrong(attribute, text, "1 to 253 bytes");
        }
        if (attribute.fixedLength() != 0 && attribute.fixedLength() != value.length) {
            throw wrong(attribute, text, "exactly " + attribute.fixedLength() + " bytes");
        }
        return value;
    }

    /** The value as {@link #encode} would read it; {@code 0x...} where the bytes do not fit the type. */
    public String decode(AttributeDefinition attribute, byte[] value) {
        int fits = length(attribute, value);
        if (fits >= 0 && fits != value.length) {
            return hex(value);
        }
        return switch (attribute.type()) {
            case STRING -> Octets.of(value).display();
            case OCTETS, ABINARY, TLV, EXTENDED, LONG_EXTENDED, VSA, EVS -> hex(value);
            case INTEGER, INTEGER64, SHORT, BYTE -> named(attribute, number(value));
            case SIGNED -> Integer.toString((int) number(value));
            case BOOL -> value[0] == 0 ? "no" : value[0] == 1 ? "yes" : hex(value);
            case DATE -> Instant.ofEpochSecond(number(value)).toString();
            case IPADDR, IPV6ADDR, COMBO_IP -> AddressText.address(IpPrefix.of(value, value.length * 8));
            case IPV4PREFIX, IPV6PREFIX -> prefixText(attribute, value);
            case IFID -> grouped(value, 2);
            case ETHER -> grouped(value, 1);
        };
    }

    /** How long a value of this type is; -1 when it varies. */
    private static int length(AttributeDefinition attribute, byte[] value) {
        return switch (attribute.type()) {
            case INTEGER, SIGNED, DATE, IPADDR -> 4;
            case INTEGER64, IFID -> 8;
            case SHORT -> 2;
            case BYTE, BOOL -> 1;
            case IPV6ADDR -> 16;
            case COMBO_IP -> value.length == 4 ? 4 : 16;
            case IPV4PREFIX, ETHER -> 6;
            case STRING, OCTETS, ABINARY, IPV6PREFIX, TLV, EXTENDED, LONG_EXTENDED, VSA, EVS -> -1;
        };
    }

    private static byte[] octets(AttributeDefinition attribute, String text) {
        if (!text.startsWith("0x")) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        try {
            return HexFormat.of().parseHex(text, 2, text.length());
        } catch (IllegalArgumentException notHex) {
            throw wrong(attribute, text, "0x and an even number of hexadecimal digits");
        }
    }

    private byte[] integer(AttributeDefinition attribute, String text) {
        int bytes = attribute.type().integerBytes();
        ValueNames names = dictionary.values(attribute);
        OptionalLong named = names.number(text);
        long number;
        try {
            number = named.isPresent()
                    ? named.getAsLong()
                    : text.startsWith("0x")
                            ? Long.parseUnsignedLong(text, 2, text.length(), 16)
                            : Long.parseUnsignedLong(text);
        } catch (NumberFormatException notANumber) {
            throw wrong(attribute, text, names.all().isEmpty() ? "a number" : "a number or one of " + names.all());
        }
        // The tag takes the high byte of a four-byte integer.
        int room = attribute.tagged() && bytes == 4 ? 3 : bytes;
        if (room < 8 && number >>> 8 * room != 0) {
            throw wrong(attribute, text, "a number of " + room + " bytes");
        }
        return bytes(number, bytes);
    }

    private static byte[] signed(AttributeDefinition attribute, String text) {
        try {
            return bytes(Integer.parseInt(text), 4);
        } catch (NumberFormatException notANumber) {
            throw wrong(attribute, text, "a number from -2147483648 to 2147483647");
        }
    }

    private static byte[] bool(AttributeDefinition attribute, String text) {
        return switch (text) {
            case "yes", "true", "1" -> new byte[] {1};
            case "no", "false", "0" -> new byte[] {0};
            default -> throw wrong(attribute, text, "yes or no");
        };
    }

    private static byte[] date(AttributeDefinition attribute, String text) {
        try {
            long seconds = text.indexOf('T') < 0
                    ? Long.parseLong(text)
                    : Instant.parse(text).getEpochSecond();
            if (seconds >>> 32 == 0) {
                return bytes(seconds, 4);
            }
        } catch (DateTimeException | NumberFormatException notADate) {
            // told below, like a date that does not fit
        }
        throw wrong(attribute, text, "seconds since 1970 in 32 bits, or a time such as 2026-01-31T12:00:00Z");
    }

    private static byte[] address(AttributeDefinition attribute, String text, int bits) {
        IpPrefix address = parse(attribute, text);
        if (address.v6() != (bits == 128) || text.indexOf('/') >= 0) {
            throw wrong(attribute, text, bits == 32 ? "an IPv4 address" : "an IPv6 address");
        }
        return address.address();
    }

    private static byte[] prefix(AttributeDefinition attribute, String text, boolean v6) {
        IpPrefix prefix = parse(attribute, text);
        if (prefix.v6() != v6) {
            throw wrong(attribute, text, v6 ? "an IPv6 prefix" : "an IPv4 prefix");
        }
        byte[] value = new byte[v6 ? 18 : 6];
        writePrefix(value, 0, prefix);
        return value;
    }

    private static IpPrefix parse(AttributeDefinition attribute, String text) {
        try {
            return IpPrefix.parse(text);
        } catch (IllegalArgumentException notAnAddress) {
            throw wrong(attribute, text, "an IP address or prefix");
        }
    }

    /** Reserved byte, length, address with zeros behind the length. @return where the value ends */
    public static int writePrefix(byte[] target, int offset, IpPrefix prefix) {
        target[offset] = 0;
        target[offset + 1] = (byte) prefix.length();
        if (!prefix.v6()) {
            long mask = prefix.length() == 0 ? 0 : -1L << 32 - prefix.length();
            return writeNumber(target, offset + 2, prefix.low() & mask, 4);
        }
        long highMask = prefix.length() == 0 ? 0 : prefix.length() >= 64 ? -1 : -1L << 64 - prefix.length();
        long lowMask = prefix.length() <= 64 ? 0 : -1L << 128 - prefix.length();
        int end = writeNumber(target, offset + 2, prefix.high() & highMask, 8);
        return writeNumber(target, end, prefix.low() & lowMask, 8);
    }

    /** The low {@code bytes} bytes of a number, network order. @return where they end */
    public static int writeNumber(byte[] target, int offset, long number, int bytes) {
        for (int i = bytes - 1; i >= 0; i--) {
            target[offset + bytes - 1 - i] = (byte) (number >>> 8 * i);
        }
        return offset + bytes;
    }

    private static byte[] bytes(long number, int bytes) {
        byte[] value = new byte[bytes];
        writeNumber(value, 0, number, bytes);
        return value;
    }

    private static byte[] groups(AttributeDefinition attribute, String text, String separator, int count, int digits) {
        String[] groups = text.split(separator, -1);
        ByteBuffer value = ByteBuffer.allocate(count * digits / 2);
        try {
            for (String group : groups.length == count ? groups : new String[0]) {
                int number = HexFormat.fromHexDigits(group);
                if (group.length() <= digits) {
                    value.put(bytes(number, digits / 2));
                }
            }
        } catch (IllegalArgumentException notHex) {
            // told below: the value is not full
        }
        if (value.hasRemaining()) {
            throw wrong(attribute, text, count + " groups of " + digits + " hexadecimal digits joined by colons");
        }
        return value.array();
    }

    private static String grouped(byte[] value, int bytes) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < value.length; i += bytes) {
            text.append(i == 0 ? "" : ":").append(HexFormat.of().formatHex(value, i, i + bytes));
        }
        return text.toString();
    }

    private String named(AttributeDefinition attribute, long number) {
        String name = dictionary.values(attribute).name(number);
        return name != null ? name : Long.toUnsignedString(number);
    }

    private static String prefixText(AttributeDefinition attribute, byte[] value) {
        boolean v6 = attribute.type() == DataType.IPV6PREFIX;
        int bits = value.length < 2 ? -1 : value[1] & 0xff;
        if (bits < 0 || bits > (v6 ? 128 : 32) || value.length > 18 || (value.length - 2) * 8 < bits) {
            return hex(value);
        }
        byte[] address = new byte[v6 ? 16 : 4];
        System.arraycopy(value, 2, address, 0, value.length - 2);
        return AddressText.prefix(IpPrefix.of(address, bits));
    }

    private static long number(byte[] value) {
        long number = 0;
        for (byte b : value) {
            number = number << 8 | b & 0xff;
        }
        return number;
    }

    private static String hex(byte[] value) {
        return "0x" + HexFormat.of().formatHex(value);
    }

    private static IllegalArgumentException wrong(AttributeDefinition attribute, String text, String expected) {
        return new IllegalArgumentException("'" + text + "' does not fit " + attribute.name() + ", which is of type "
                + attribute.type().word() + " and takes " + expected);
    }
}
