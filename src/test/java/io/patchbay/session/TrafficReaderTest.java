package io.patchbay.session;

import static io.patchbay.session.AccountingWorld.INTERIM;
import static io.patchbay.session.AccountingWorld.integer;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Counters, whichever way a NAS splits them: 64 bits, and down is what it calls output. */
class TrafficReaderTest {
    private static final long TIB = 1L << 40;

    private final AccountingWorld world = new AccountingWorld();

    @Test
    void aSessionOfFiveTebibytes() {
        Traffic traffic = world.record(INTERIM, attributes -> {
                    attributes.putInteger(42, 1_000);
                    attributes.putInteger(52, 256);
                    attributes.putInteger(43, 0xfffffffe);
                    attributes.putInteger(53, 1279);
                    attributes.putInteger(47, 7);
                    attributes.putInteger(48, 0x80000000);
                })
                .traffic();

        assertThat(traffic.bytesUp()).isEqualTo(TIB + 1_000);
        assertThat(traffic.bytesDown()).isEqualTo(5 * TIB - 2);
        assertThat(traffic.packetsUp()).isEqualTo(7);
        assertThat(traffic.packetsDown()).isEqualTo(2_147_483_648L);
        assertThat(traffic.ipv6BytesDown()).isEqualTo(-1);
        assertThat(traffic.ipv6PacketsUp()).isEqualTo(-1);
    }

    @Test
    void gigawordsThatNoSessionReachesAreLeftOut() {
        Traffic traffic = world.record(INTERIM, attributes -> {
                    attributes.putInteger(43, 17);
                    attributes.putInteger(53, 0xffffffff);
                })
                .traffic();

        assertThat(traffic.bytesDown()).isEqualTo(17);
        assertThat(traffic.bytesUp()).isZero();
    }

    @Test
    void gigawordsAlone() {
        assertThat(world.record(INTERIM, attributes -> attributes.putInteger(53, 1))
                        .traffic()
                        .bytesDown())
                .isEqualTo(1L << 32);
    }

    /** The places of each vendor: octets, packets and gigawords of the input, then of the output. */
    @ParameterizedTest
    @CsvSource({
        "4874, 151, 153, 155, 152, 154, 156",
        "2011, 144, 146, 148, 145, 147, 149",
        "2352, 220, 222, 224, 221, 223, 225",
        "6527, 195, 194, 196, 198, 197, 199",
    })
    void ipv6(int vendor, int inBytes, int inPackets, int inGiga, int outBytes, int outPackets, int outGiga) {
        Traffic traffic = world.record(INTERIM, attributes -> {
                    attributes.putInteger(42, 50);
                    attributes.putVendor(vendor, inBytes, integer(11));
                    attributes.putVendor(vendor, inPackets, integer(12));
                    attributes.putVendor(vendor, inGiga, integer(1));
                    attributes.putVendor(vendor, outBytes, integer(0xffffffffL));
                    attributes.putVendor(vendor, outPackets, integer(22));
                    attributes.putVendor(vendor, outGiga, integer(2));
                })
                .traffic();

        assertThat(traffic).isEqualTo(new Traffic(0, 50, 0, 0, 3 * (1L << 32) - 1, (1L << 32) + 11, 22, 12));
    }

    @Test
    void ofIpv6OnlyWhatIsTold() {
        Traffic traffic = world.record(INTERIM, attributes -> {
                    attributes.putVendor(4874, 152, integer(9));
                    attributes.putVendor(4874, 151, new byte[] {1, 2, 3});
                })
                .traffic();

        assertThat(traffic).isEqualTo(new Traffic(0, 0, 0, 0, 9, -1, -1, -1));
    }

    @Test
    void anotherVendorsNumbersAreNotCounters() {
        assertThat(world.record(INTERIM, attributes -> attributes.putVendor(14988, 151, integer(9)))
                        .traffic())
                .isNull();
    }
}
