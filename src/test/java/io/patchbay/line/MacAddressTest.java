package io.patchbay.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MacAddressTest {
    static Stream<Arguments> vectors() {
        return LineVectors.read("mac.txt");
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void isReadFromEveryUsualNotation(String text, String hex) {
        var mac = MacAddress.parse(text);
        assertThat(mac == null ? "-" : mac.hex()).isEqualTo(hex);
    }

    @Test
    void nothingIsNoAddress() {
        assertThat(MacAddress.parse((String) null)).isNull();
        assertThat(MacAddress.parse("")).isNull();
    }
}
