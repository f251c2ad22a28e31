package io.patchbay.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpPrefixTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1/32",
        "255.255.255.255/0, 255.255.255.255/0",
        "192.0.2.0/24, 192.0.2.0/24",
        "2001:db8::1, 2001:db8:0:0:0:0:0:1/128",
        "2001:DB8::/56, 2001:db8:0:0:0:0:0:0/56"
    })
    void readsAddressesAndPrefixes(String text, String printed) {
        IpPrefix prefix = IpPrefix.parse(text);

        assertThat(prefix).hasToString(printed);
        assertThat(IpPrefix.of(prefix.address(), prefix.length())).isEqualTo(prefix);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "192.0.2",
                "192.0.2.256",
                "192.0.2.0/33",
                "192.0.2.0/x",
                "::/129",
                "::1%lo",
                ":::"
            })
    void refusesEverythingElse(String text) {
        assertThatThrownBy(() -> IpPrefix.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.0/24, 192.0.2.255, true",
        "192.0.2.0/24, 192.0.3.0, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "2001:db8::/56, 2001:db8:0:ff::1, true",
        "2001:db8::/56, 2001:db8:0:100::1, false",
        "2001:db8::/96, 2001:db8::ffff:ffff, true",
        "2001:db8::/96, 2001:db8::1:0:0, false",
        "::/0, 2001:db8::1, true",
        "::/0, 192.0.2.1, false",
        "192.0.2.0/24, 192.0.0.0/16, false"
    })
    void knowsWhatLiesWithin(String prefix, String address, boolean within) {
        assertThat(IpPrefix.parse(prefix).contains(IpPrefix.parse(address))).isEqualTo(within);
    }

    @Test
    void refusesALengthBeyondTheFamily() {
        assertThatThrownBy(() -> IpPrefix.of(new byte[4], 64)).hasMessageContaining("0..32");
    }
}
