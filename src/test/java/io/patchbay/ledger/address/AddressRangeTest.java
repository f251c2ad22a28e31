package io.patchbay.ledger.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.wire.IpPrefix;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/24, 10.0.0.0/24",
        "10.0.0.7, 10.0.0.7/32",
        "10.0.0.5 - 10.0.0.9, 10.0.0.5/32 10.0.0.6/31 10.0.0.8/31",
        "10.0.0.0-10.0.0.255, 10.0.0.0/24",
        "10.0.0.255-10.0.1.0, 10.0.0.255/32 10.0.1.0/32",
        "0.0.0.0-255.255.255.255, 0.0.0.0/0",
        "255.255.255.254-255.255.255.255, 255.255.255.254/31",
        "2001:db8::-2001:db8::3, 2001:db8:0:0:0:0:0:0/126",
        "::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 0:0:0:0:0:0:0:0/0"
    })
    void isTheFewestPrefixes(String range, String prefixes) {
        assertThat(AddressRange.parse(range).prefixes().stream()
                        .map(IpPrefix::toString)
                        .collect(Collectors.joining(" ")))
                .isEqualTo(prefixes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "10.0.0.9-10.0.0.1", "10.0.0.1-::2", "10.0.0.0/24-10.0.0.9", "10.0.0.1/24", "a-b"})
    void whatIsNoneIsRefused(String range) {
        assertThatThrownBy(() -> AddressRange.parse(range)).isInstanceOf(IllegalArgumentException.class);
    }
}
