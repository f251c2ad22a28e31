package io.patchbay.radius.dictionary;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.wire.IpPrefix;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressTextTest {
    /** The examples of RFC 5952 sections 4 and 2, and the ends of the range. */
    @ParameterizedTest
    @CsvSource({
        "2001:0db8::0001,             2001:db8::1/128",
        "2001:db8:0:0:0:0:2:1,        2001:db8::2:1/128",
        "2001:db8:0:1:1:1:1:1,        2001:db8:0:1:1:1:1:1/128",
        "2001:0:0:1:0:0:0:1,          2001:0:0:1::1/128",
        "2001:db8:0:0:1:0:0:1,        2001:db8::1:0:0:1/128",
        "0:0:0:0:0:0:0:0/0,           ::/0",
        "0:0:0:0:0:0:0:1,             ::1/128",
        "1:0:0:0:0:0:0:0,             1::/128",
        "ABCD:EF01::/32,              abcd:ef01::/32",
        "192.0.2.0/24,                192.0.2.0/24",
        "255.0.255.1,                 255.0.255.1/32",
    })
    void isCanonical(String text, String canonical) {
        IpPrefix prefix = IpPrefix.parse(text);
        byte[] buffer = new byte[AddressText.MAXIMUM_LENGTH];
        int end = AddressText.writePrefix(buffer, 0, prefix);
        assertThat(new String(buffer, 0, end, StandardCharsets.US_ASCII)).isEqualTo(canonical);
        assertThat(AddressText.prefix(prefix)).isEqualTo(canonical);
    }

    @Property
    void isReadBackAsTheSameAddress(@ForAll long high, @ForAll long low) {
        // Shifted so that runs of zeros, which random numbers lack, occur too.
        IpPrefix address = new IpPrefix(true, high >>> (low & 63), low >>> (high & 63), 128);
        boolean mappedIpv4 = address.high() == 0 && address.low() >>> 32 == 0xffffL;
        if (!mappedIpv4) {
            assertThat(IpPrefix.parse(AddressText.address(address))).isEqualTo(address);
        }
    }

    @Property
    void digitsAreThoseOfTheNumber(@ForAll @LongRange(max = Long.MAX_VALUE) long number) {
        byte[] buffer = new byte[20];
        int end = AddressText.writeNumber(buffer, 1, number);
        assertThat(new String(buffer, 1, end - 1, StandardCharsets.US_ASCII)).isEqualTo(Long.toString(number));
    }
}
