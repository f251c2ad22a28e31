package io.patchbay.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.wire.Octets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LineTemplatesTest {
    private static final LineTemplates SHIPPED = LineTemplates.load(Path.of("config/line-templates.yaml"));

    static Stream<Arguments> canonicalKeys() {
        return LineVectors.read("canonical.txt");
    }

    static Stream<Arguments> vlans() {
        return LineVectors.read("vlans.txt");
    }

    @ParameterizedTest
    @MethodSource("canonicalKeys")
    void spellingsOfOneCircuitIdShareAKey(String template, String circuitId, String key) {
        assertThat(SHIPPED.canonicalKey(template, LineVectors.octets(circuitId)))
                .isEqualTo(LineVectors.text(key));
    }

    @ParameterizedTest
    @MethodSource("vlans")
    void tagsAreReadFromPortOrCircuit(String template, String portId, String port, String circuitId, String tags) {
        long nasPort = port.equals("-") ? -1 : Long.parseLong(port);
        assertThat(SHIPPED.vlans(template, LineVectors.octets(portId), nasPort, LineVectors.octets(circuitId)))
                .hasToString(tags);
    }

    @Test
    void noTemplateReadsNothing() {
        assertThat(SHIPPED.vlans(null, Octets.ofText("ge-0/0/0:1.2"), 7, null)).isSameAs(VlanTags.NONE);
        assertThat(SHIPPED.canonicalKey("no-such-template", Octets.ofText("olt7 eth 0/1")))
                .isNull();
        assertThat(SHIPPED.canonicalKey("tr-101", null)).isNull();
    }

    @Test
    void longInputThatNearlyMatchesStaysCheap() {
        LineTemplates templates =
                LineTemplates.parse("t", "circuit-id: {x: ['{a} {b} {c} {d} {e} {f} {g} {h}:{n:number}']}");
        Octets hostile = Octets.ofText(" ".repeat(250) + "!");
        Assertions.assertTimeout(Duration.ofSeconds(2), () -> {
            for (int i = 0; i < 10_000; i++) {
                Assertions.assertNull(templates.canonicalKey("x", hostile));
            }
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            port:\\n  a:\\n    nas-port-id: ['{x}{y:number}:{s_vlan}'] | 3 | two fields side by side
            port:\\n  a:\\n    nas-port-id:\\n      - '{x}:{v}'          | 4 | reads no VLAN
            port:\\n  a:\\n    nas-port: ['{slot:8}{s_vlan:12}']       | 3 | names 20 bits
            port:\\n  a:\\n    nas-port: ['slot']                      | 3 | no NAS-Port layout
            port:\\n  a:\\n    nas-prot: []                            | 3 | 'nas-prot' is unknown here
            circuit-id:\\n  a: ['{x']                                  | 2 | does not close it
            circuit-id:\\n  a: ['{x:digits}']                          | 2 | unknown type
            circuit-id:\\n  a: ['{*}x']                                | 2 | goes on after {*}
            circuit-id:\\n  a: []\\n  a: []                            | 3 | there already, in line 2
            circuit-id:\\n  a: '{x}'                                   | 2 | a list of patterns belongs here
            circuits: {}                                              | 1 | 'circuits' is unknown here
            circuit-id:\\n  a: [                                       | 2 | expected
            """)
    void whatIsWrongIsToldWithItsLine(String yaml, int line, String sentence) {
        assertThatThrownBy(
                        () -> LineTemplates.parse("templates.yaml", yaml.strip().replace("\\n", "\n")))
                .isInstanceOf(LineTemplateException.class)
                .hasMessageStartingWith("templates.yaml:" + line + ": ")
                .hasMessageContaining(sentence);
    }

    @Test
    void aMissingFileIsToldByName() {
        assertThatThrownBy(() -> LineTemplates.load(Path.of("no-such.yaml")))
                .isInstanceOf(LineTemplateException.class)
                .hasMessageContaining("no-such.yaml");
    }
}
