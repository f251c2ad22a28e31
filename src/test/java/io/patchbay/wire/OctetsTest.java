package io.patchbay.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OctetsTest {
    @Test
    void nobodyCanChangeThem() {
        byte[] source = {1, 2, 3};
        Octets octets = Octets.of(source);
        source[0] = 9;
        octets.toByteArray()[1] = 9;

        assertThat(octets.hex()).isEqualTo("010203");
        assertThat(octets).isEqualTo(Octets.ofHex("0x010203")).hasSameHashCodeAs(Octets.ofHex("010203"));
    }

    @Test
    void orderIsOfUnsignedBytes() {
        assertThat(Octets.ofHex("7f")).isLessThan(Octets.ofHex("80"));
        assertThat(Octets.ofHex("80")).isLessThan(Octets.ofHex("8000"));
    }

    @Test
    void anOperatorSeesTextOrHex() {
        assertThat(Octets.ofText("olt1/1:100")).hasToString("olt1/1:100");
        assertThat(Octets.ofHex("0004006f0101")).hasToString("0x0004006f0101");
        assertThat(Octets.ofHex("ff41")).hasToString("0xff41");
    }

    @Test
    void partsAreCopied() {
        assertThat(Octets.of(new byte[] {1, 2, 3, 4}, 1, 2)).isEqualTo(Octets.ofHex("0203"));
        assertThatThrownBy(() -> Octets.ofHex("abc")).isInstanceOf(IllegalArgumentException.class);
    }
}
