package io.patchbay.radius.dictionary;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FreeRadiusTreeTest {
    private static Dictionary dictionary;

    @BeforeAll
    static void load() {
        FreeRadiusTree.require();
        dictionary = DictionaryParser.load(FreeRadiusTree.ROOT);
    }

    @Test
    void everyLineOfEveryFileIsRead(@TempDir Path folder) throws IOException {
        // dictionary.freedhcp, which nothing includes, names values of an attribute that Debian's tree nowhere defines.
        Path supplement = folder.resolve("supplement");
        Files.writeString(supplement, "ATTRIBUTE FreeDHCP-Opcode 256 byte\n");
        Dictionary.Counts counts = FreeRadiusTree.everyFile(supplement).counts();
        assertThat(counts.includes()).isEqualTo(countLines("$INCLUDE")).isEqualTo(224);
        assertThat(counts.vendors()).isEqualTo(countLines("VENDOR")).isEqualTo(193);
        assertThat(counts.attributes() - 1).isEqualTo(countLines("ATTRIBUTE")).isEqualTo(8604);
        assertThat(counts.values()).isEqualTo(countLines("VALUE")).isEqualTo(9480);
    }

    @Test
    void theRfcWinsOverOlderMeaningsOfItsNumber() {
        assertThat(dictionary.byNumber(8).name()).isEqualTo("Framed-IP-Address");
        assertThat(dictionary.byNumber(123).name()).isEqualTo("Delegated-IPv6-Prefix");
    }

    @Test
    void numbersOfEveryShapeAreFound() {
        assertThat(dictionary.byName("ERX-Vlan-Map-Id").oid()).containsExactly(26, 4874, 160);
        assertThat(dictionary.byName("IP-Port-Type").oid()).containsExactly(241, 5, 1);
        assertThat(dictionary.byName("WiMAX-Release").oid()).containsExactly(26, 24757, 1, 1);
        assertThat(dictionary.byName("FreeRADIUS-802.1X-Anonce").oid()).containsExactly(245, 26, 11344, 1);
        assertThat(dictionary.byName("USR-Channel").oid()).containsExactly(26, 429, 0xBF38);
        assertThat(dictionary.byName("Packet-Type").internal()).isTrue();
    }

    @Test
    void formatsTypesAndFlagsAreKept() {
        assertThat(dictionary.vendor(429)).isEqualTo(new Vendor("USR", 429, 4, 0, false));
        assertThat(dictionary.vendor(24757).continuation()).isTrue();
        assertThat(dictionary.byName("MS-CHAP2-Response").fixedLength()).isEqualTo(50);
        assertThat(dictionary.byName("Tunnel-Password").tagged()).isTrue();
        assertThat(dictionary.byName("Tunnel-Password").encryption()).isEqualTo(2);
        assertThat(dictionary.byName("EAP-Message").flags()).contains(AttributeDefinition.Flag.CONCAT);
    }

    @Test
    void valuesHaveNamesBothWays() {
        ValueNames tunnelTypes = dictionary.values(dictionary.byName("Tunnel-Type"));
        assertThat(tunnelTypes.number("vlan")).hasValue(13);
        assertThat(tunnelTypes.name(13)).isEqualTo("VLAN");
        assertThat(dictionary.values(dictionary.byName("Acct-Status-Type")).number("Annex-User-Reject"))
                .hasValue(0x06300001);
    }

    private static int countLines(String keyword) throws IOException {
        int count = 0;
        try (Stream<Path> files = Files.list(FreeRadiusTree.FOLDER)) {
            List<Path> all = files.filter(file -> file.getFileName().toString().startsWith("dictionary"))
                    .toList();
            for (Path file : all) {
                try (Stream<String> lines = Files.lines(file, java.nio.charset.StandardCharsets.ISO_8859_1)) {
                    count += (int) lines.filter(line -> line.strip().matches("(?s)\\Q" + keyword + "\\E\\s.*"))
                            .count();
                }
            }
        }
        return count;
    }
}
