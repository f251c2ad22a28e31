package io.patchbay.radius.dictionary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttributeEncoderTest {
    private static final AttributeEncoder ENCODER = new AttributeEncoder(new Dictionary(
            Map.of(), Map.of(), Map.of("a", colours()), Map.of(), new Dictionary.Counts(0, 0, 0, 0, 0), List.of()));

    @ParameterizedTest
    @CsvSource({
        "string,     Hallo,                  48616c6c6f",
        "octets,     0xdeadbeef,             deadbeef",
        "integer,    4294967295,             ffffffff",
        "integer,    Red,                    00000007",
        "integer64,  18446744073709551615,   ffffffffffffffff",
        "short,      65535,                  ffff",
        "byte,       Red,                    07",
        "signed,     -2,                     fffffffe",
        "bool,       yes,                    01",
        "date,       2026-01-31T12:00:00Z,   697deec0",
        "ipaddr,     192.0.2.1,              c0000201",
        "ipv4prefix, 192.0.2.0/24,           0018c0000200",
        "ipv6addr,   2001:db8::1,            20010db8000000000000000000000001",
        "ipv6prefix, 2001:db8:1::/56,        003820010db8000100000000000000000000",
        "combo-ip,   192.0.2.1,              c0000201",
        "combo-ip,   2001:db8::1,            20010db8000000000000000000000001",
        "ifid,       0200:5eff:fe00:0001,    02005efffe000001",
        "ether,      02:00:5e:00:00:01,      02005e000001",
    })
    void textAndBytesOfEachType(String type, String text, String hex) {
        assertThat(HexFormat.of().formatHex(ENCODER.encode(attribute(type), text)))
                .isEqualTo(hex);
        assertThat(ENCODER.decode(attribute(type), HexFormat.of().parseHex(hex)))
                .isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "string,     '',              1 to 253 bytes",
        "octets,     0xabc,           an even number of hexadecimal digits",
        "octets[2],  0xabcdef,        exactly 2 bytes",
        "integer,    4294967296,      a number of 4 bytes",
        "integer,    Mauve,           a number or one of [Red]",
        "integer,    -1,              a number or one of [Red]",
        "byte,       256,             a number of 1 bytes",
        "signed,     2147483648,      a number from",
        "bool,       perhaps,         yes or no",
        "date,       tomorrow,        seconds since 1970",
        "date,       4294967296,      seconds since 1970",
        "ipaddr,     2001:db8::1,     an IPv4 address",
        "ipaddr,     192.0.2.1/24,    an IPv4 address",
        "ipaddr,     example.net,     an IP address or prefix",
        "ipv6addr,   192.0.2.1,       an IPv6 address",
        "ipv4prefix, 2001:db8::/32,   an IPv4 prefix",
        "ipv6prefix, 192.0.2.0/24,    an IPv6 prefix",
        "ifid,       1:2:3,           4 groups of 4",
        "ifid,       1:2:3:45678,     4 groups of 4",
        "ether,      02:00:5e:00:00:zz, 6 groups of 2",
        "tlv,        0x00,            name an attribute inside it",
    })
    void whatDoesNotFitIsToldInASentence(String type, String text, String expected) {
        assertThatThrownBy(() -> ENCODER.encode(attribute(type), text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "' does not fit A")
                .hasMessageContaining(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "ipaddr, c00002",
        "integer, 00",
        "ipv6prefix, 0081",
        "ipv6prefix, 0040",
        "bool, 02",
        "ifid, 01",
        "string, 0001"
    })
    void bytesThatDoNotFitAreShownInHexadecimal(String type, String hex) {
        assertThat(ENCODER.decode(attribute(type), HexFormat.of().parseHex(hex)))
                .isEqualTo("0x" + hex);
    }

    @Property
    void whatIsReadIsWrittenBack(@ForAll DataType type, @ForAll @Size(value = 16) byte[] bytes) {
        int length =
                switch (type) {
                    case INTEGER, SIGNED, DATE, IPADDR -> 4;
                    case INTEGER64, IFID -> 8;
                    case SHORT -> 2;
                    case BYTE -> 1;
                    case ETHER -> 6;
                    case IPV6ADDR, COMBO_IP, OCTETS, ABINARY -> 16;
                    case STRING, BOOL, IPV4PREFIX, IPV6PREFIX, TLV, EXTENDED, LONG_EXTENDED, VSA, EVS -> 0;
                };
        byte[] value = Arrays.copyOf(bytes, length);
        if (length > 0) {
            assertThat(ENCODER.encode(attribute(type.word()), ENCODER.decode(attribute(type.word()), value)))
                    .isEqualTo(value);
        }
    }

    @Property
    void aPrefixIsReadShortOrLongAndWrittenWithZerosBehindItsLength(
            @ForAll @Size(value = 16) byte[] address, @ForAll @IntRange(max = 128) int bits) {
        byte[] expected = new byte[18];
        expected[1] = (byte) bits;
        for (int bit = 0; bit < bits; bit++) {
            expected[2 + bit / 8] |= (byte) (address[bit / 8] & 0x80 >>> bit % 8);
        }
        byte[] shortened = Arrays.copyOf(expected, 2 + (bits + 7) / 8);
        AttributeDefinition attribute = attribute("ipv6prefix");
        assertThat(ENCODER.encode(attribute, ENCODER.decode(attribute, shortened)))
                .isEqualTo(expected);
        assertThat(ENCODER.encode(attribute, ENCODER.decode(attribute, expected)))
                .isEqualTo(expected);
    }

    private static AttributeDefinition attribute(String type) {
        int bracket = type.indexOf('[');
        String word = bracket < 0 ? type : type.substring(0, bracket);
        int fixedLength = bracket < 0 ? 0 : Integer.parseInt(type.substring(bracket + 1, type.length() - 1));
        return new AttributeDefinition("A", null, List.of(200), DataType.of(word), fixedLength, 0, Set.of());
    }

    private static ValueNames colours() {
        ValueNames names = new ValueNames();
        names.add("Red", 7);
        return names;
    }
}
