package io.patchbay.netbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CapabilitiesTest {
    @ParameterizedTest
    @CsvSource({
        "4.2.0,               false, false, false",
        "4.4.10-Docker-3.4.2, false, false, false",
        "4.5.0,               false, false, false",
        "4.5.1,               true,  false, false",
        "4.6.8,               true,  true,  false",
        "4.7.0-beta1,         true,  true,  true",
        "4.10.0,              true,  true,  true",
        "5.0.0,               true,  true,  true"
    })
    void aVersionCanWhatItCan(String version, boolean prefixLength, boolean etags, boolean errorsByIndex) {
        Capabilities able = Capabilities.of(version).orElseThrow();
        assertThat(able.version()).isEqualTo(version);
        assertThat(able.prefixLengthOfAddresses()).isEqualTo(prefixLength);
        assertThat(able.etags()).isEqualTo(etags);
        assertThat(able.cursorPaging()).isEqualTo(etags);
        assertThat(able.errorsByIndex()).isEqualTo(errorsByIndex);
    }

    @ParameterizedTest
    @ValueSource(strings = {"4.1.11", "3.7.8", "2.11.12"})
    void whatIsTooOldIsRefusedByName(String version) {
        assertThat(Capabilities.of(version).reason()).contains(version, "4.2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "four", "4", "-", "99999999999.1"})
    void whatIsNoVersionIsRefused(String version) {
        assertThat(Capabilities.of(version)).isInstanceOf(NetBoxOutcome.Unusable.class);
    }

    @Test
    void noVersionIsRefused() {
        assertThat(Capabilities.of(null)).isInstanceOf(NetBoxOutcome.Unusable.class);
    }
}
