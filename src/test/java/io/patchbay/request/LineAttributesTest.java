package io.patchbay.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.lab.GivenNas;
import io.patchbay.line.LineTemplates;
import io.patchbay.line.ReportedLine;
import io.patchbay.radius.AttributeType;
import io.patchbay.radius.AttributeWriter;
import io.patchbay.radius.PacketCode;
import io.patchbay.radius.Packets;
import io.patchbay.radius.RadiusPacket;
import io.patchbay.radius.RequestBuilder;
import io.patchbay.radius.SharedSecret;
import io.patchbay.wire.Octets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What requests say of their lines, vendor by vendor: src/test/vectors/line/attributes.txt. */
class LineAttributesTest {
    private static final Path VECTORS = Path.of("src/test/vectors/line/attributes.txt");
    private static final LineTemplates TEMPLATES = LineTemplates.load(Path.of("config/line-templates.yaml"));

    /** Vendor and type; vendor 0 is the standard's own space. */
    private record Place(int vendor, int type) {}

    private static final Map<String, Place> PLACES = Map.ofEntries(
            Map.entry("NAS-Port", new Place(0, 5)),
            Map.entry("Vendor-Specific", new Place(0, AttributeType.VENDOR_SPECIFIC)),
            Map.entry("Calling-Station-Id", new Place(0, 31)),
            Map.entry("NAS-Port-Id", new Place(0, 87)),
            Map.entry("ADSL-Agent-Circuit-Id", new Place(3561, 1)),
            Map.entry("ADSL-Agent-Remote-Id", new Place(3561, 2)),
            Map.entry("RedBack-Agent-Remote-Id", new Place(2352, 96)),
            Map.entry("RedBack-Agent-Circuit-Id", new Place(2352, 97)),
            Map.entry("Cisco-AVPair", new Place(9, 1)),
            Map.entry("ERX-Dhcp-Option-82", new Place(4874, 159)));

    static Stream<Arguments> vectors() throws IOException {
        List<String> blocks = List.of(Files.readString(VECTORS).split("\n\n"));
        return blocks.stream().filter(block -> block.contains("\n=> ")).map(block -> Arguments.of(block.strip()));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void reads(String block) {
        GivenNas nas = new GivenNas("127.0.8.1");
        RequestBuilder request =
                new RequestBuilder(PacketCode.ACCESS_REQUEST, 1, new SharedSecret(Octets.ofText(GivenNas.SECRET)));
        String expected = null;
        for (String line : block.lines().filter(line -> !line.startsWith("#")).toList()) {
            if (line.startsWith("=> ")) {
                expected = line.substring(3).strip();
            } else if (line.startsWith("port template ")) {
                nas.portTemplate(line.substring("port template ".length()));
            } else {
                int equals = line.indexOf(" = ");
                put(request.attributes(), line.substring(0, equals), line.substring(equals + 3));
            }
        }

        assertThat(text(read(Packets.decoded(request.finish()), nas))).isEqualTo(expected);
    }

    @Test
    void theCircuitIdOfAnUntrustedNasNamesNoVlan() {
        RequestBuilder request =
                new RequestBuilder(PacketCode.ACCESS_REQUEST, 1, new SharedSecret(Octets.ofText(GivenNas.SECRET)));
        put(request.attributes(), "ADSL-Agent-Circuit-Id", "\"olt7 eth 0/1:501.1001\"");
        RadiusPacket packet = Packets.decoded(request.finish());

        assertThat(read(packet, new GivenNas("127.0.8.1").portTemplate("tr-101"))
                        .vlans())
                .hasToString("501.1001");
        assertThat(read(packet, new GivenNas("127.0.8.1").portTemplate("tr-101").untrusted())
                        .vlans()
                        .isPresent())
                .isFalse();
    }

    private static ReportedLine read(RadiusPacket packet, GivenNas nas) {
        return new LineAttributes(TEMPLATES).read(packet, nas.of(1));
    }

    private static void put(AttributeWriter attributes, String name, String value) {
        Place place = PLACES.get(name);
        assertThat(place).as(name).isNotNull();
        byte[] bytes = (value.startsWith("0x") ? Octets.ofHex(value) : Octets.ofText(value.replaceAll("^\"|\"$", "")))
                .toByteArray();
        if (place.vendor() == 0) {
            attributes.put(place.type(), bytes);
        } else {
            attributes.putVendor(place.vendor(), place.type(), bytes);
        }
    }

    /** What of the line was read, in the order of the vectors; what was not is left out. */
    private static String text(ReportedLine line) {
        StringBuilder text = new StringBuilder();
        append(text, "circuit", line.circuitId());
        append(text, "remote", line.remoteId());
        append(text, "port-id", line.nasPortId());
        if (line.nasPort() >= 0) {
            text.append(" port ").append(line.nasPort());
        }
        append(text, "mac", line.mac());
        if (line.vlans().isPresent()) {
            text.append(" vlans ").append(line.vlans());
        }
        return text.isEmpty() ? "nothing" : text.substring(1);
    }

    private static void append(StringBuilder text, String what, Octets value) {
        if (value != null && !value.isEmpty()) {
            text.append(' ').append(what).append(" '").append(value.display()).append('\'');
        }
    }
}
