package io.patchbay.radius;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every vector of {@code src/test/vectors/radius}. The expectation is {@code malformed REASON offset}, or
 * {@code packet code identifier} and the attributes in order as {@code type=hex}. Behind them {@code ?name=hex,hex} asks
 * for what lies deeper, {@code -} being an empty value: {@code 26.vendor.type}, {@code 26.vendor.type/format},
 * {@code 241.type}, {@code 241.26.vendor.type}, {@code 241.type:tlv.tlv}, {@code eap}.
 */
class VectorTest {
    static List<Vector> all() {
        return Vector.all();
    }

    @ParameterizedTest
    @MethodSource("all")
    void decodesAsExpected(Vector vector) {
        assertThat(describe(vector)).isEqualTo(vector.expected());
    }

    @ParameterizedTest
    @MethodSource("all")
    void decodesTheSameFromTheMiddleOfAnArray(Vector vector) {
        byte[] datagram = vector.datagram();
        byte[] around = new byte[datagram.length + 11];
        Arrays.fill(around, (byte) 0x1a);
        System.arraycopy(datagram, 0, around, 7, datagram.length);

        switch (RadiusPacket.decode(around, 7, datagram.length)) {
            case Decoded.Ok ok ->
                assertThat(vector.datagram()).startsWith(ok.packet().bytes());
            case Decoded.Malformed malformed ->
                assertThat("malformed " + malformed.reason() + " " + malformed.offset())
                        .isEqualTo(vector.expected());
        }
    }

    @Test
    void everyReasonHasAVector() {
        Set<MalformedReason> seen = EnumSet.noneOf(MalformedReason.class);
        for (Vector vector : Vector.all()) {
            if (RadiusPacket.decode(vector.datagram(), 0, vector.datagram().length)
                    instanceof Decoded.Malformed malformed) {
                seen.add(malformed.reason());
            }
        }
        assertThat(seen).containsExactlyInAnyOrder(MalformedReason.values());
    }

    private static String describe(Vector vector) {
        return switch (RadiusPacket.decode(vector.datagram(), 0, vector.datagram().length)) {
            case Decoded.Malformed malformed -> "malformed " + malformed.reason() + " " + malformed.offset();
            case Decoded.Ok ok -> describe(ok.packet(), vector.expected());
        };
    }

    private static String describe(RadiusPacket packet, String expected) {
        List<String> words = new ArrayList<>();
        words.add("packet");
        words.add(Integer.toString(packet.code()));
        words.add(Integer.toString(packet.identifier()));
        packet.forEach((type, offset, length) ->
                words.add(type + "=" + HexFormat.of().formatHex(packet.bytes(), offset, offset + length)));
        for (String word : expected.split(" ")) {
            if (word.startsWith("?")) {
                String name = word.substring(1, word.indexOf('='));
                words.add("?" + name + "=" + hex(look(packet, name)));
            }
        }
        return String.join(" ", words);
    }

    private static List<byte[]> look(RadiusPacket packet, String name) {
        if (name.equals("eap")) {
            return List.of(packet.eapMessage());
        }
        if (name.contains(":")) {
            return tlvs(packet, name.substring(0, name.indexOf(':')), name.substring(name.indexOf(':') + 1));
        }
        String[] parts = name.split("/");
        long[] numbers =
                Arrays.stream(parts[0].split("\\.")).mapToLong(Long::parseLong).toArray();
        if (numbers[0] != AttributeType.VENDOR_SPECIFIC) {
            return numbers.length == 2
                    ? ExtendedAttributes.values(packet, (int) numbers[0], (int) numbers[1])
                    : ExtendedAttributes.vendorValues(packet, (int) numbers[0], (int) numbers[2], (int) numbers[3]);
        }
        VendorFormat format = parts.length == 1 ? VendorFormat.USUAL : format(parts[1]);
        List<byte[]> values = packet.vendorValues((int) numbers[1], format, (int) numbers[2]);
        assertThat(packet.vendor((int) numbers[1], format, (int) numbers[2]))
                .isEqualTo(values.isEmpty() ? null : values.getFirst());
        return values;
    }

    private static List<byte[]> tlvs(RadiusPacket packet, String extended, String path) {
        List<byte[]> values = look(packet, extended);
        for (String type : path.split("\\.")) {
            values = Tlvs.values(values.getFirst(), Integer.parseInt(type));
        }
        return values;
    }

    private static VendorFormat format(String text) {
        String[] parts = text.split(",");
        return new VendorFormat(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), parts.length == 3);
    }

    private static String hex(List<byte[]> values) {
        return values.stream()
                .map(value -> value.length == 0 ? "-" : HexFormat.of().formatHex(value))
                .collect(Collectors.joining(","));
    }
}
