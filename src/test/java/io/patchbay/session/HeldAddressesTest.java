package io.patchbay.session;

import static io.patchbay.session.AccountingWorld.INTERIM;
import static io.patchbay.session.AccountingWorld.ascii;
import static io.patchbay.session.AccountingWorld.hex;
import static io.patchbay.session.AccountingWorld.integer;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.radius.AttributeWriter;
import io.patchbay.radius.ExtendedAttributes;
import io.patchbay.radius.Tlvs;
import io.patchbay.session.HeldAddress.Kind;
import io.patchbay.wire.IpPrefix;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which addresses, prefixes and ports a record says that its subscriber holds. */
class HeldAddressesTest {
    private static final byte[] PUBLIC = hex("c6336407");

    private final AccountingWorld world = new AccountingWorld();

    @Test
    void dualStack() {
        List<HeldAddress> held = held(attributes -> {
            attributes.put(8, hex("c0000209"));
            attributes.put(97, hex("0040 20010db8 00010002"));
            attributes.put(97, hex("0040 20010db8 00010003 00000000 00000000"));
            attributes.put(168, hex("20010db8 00010002 00000000 00000001"));
            attributes.put(123, hex("0038 20010db8 ff12ab00"));
        });

        assertThat(held)
                .containsExactly(
                        whole(Kind.IPV4_ADDRESS, "192.0.2.9"),
                        whole(Kind.IPV6_PREFIX, "2001:db8:1:2::/64"),
                        whole(Kind.IPV6_PREFIX, "2001:db8:1:3::/64"),
                        whole(Kind.IPV6_ADDRESS, "2001:db8:1:2::1"),
                        whole(Kind.IPV6_DELEGATED_PREFIX, "2001:db8:ff12:ab00::/56"));
    }

    @Test
    void bitsBehindThePrefixAreNoneOfIt() {
        assertThat(held(attributes -> attributes.put(97, hex("0034 20010db8 0001ffff"))))
                .containsExactly(whole(Kind.IPV6_PREFIX, "2001:db8:1:f000::/52"));
    }

    @Test
    void whatVendorsHadBeforeTheStandard() {
        List<HeldAddress> held = held(attributes -> {
            attributes.putVendor(6527, 99, hex("20010db8 00000000 00000000 00000001"));
            attributes.putVendor(2011, 158, hex("20010db8 00000000 00000000 00000002"));
            attributes.putVendor(4874, 129, hex("0040 20010db8 00010002"));
            attributes.put(168, hex("20010db8 00000000 00000000 00000001"));
        });

        assertThat(held)
                .containsExactly(
                        whole(Kind.IPV6_PREFIX, "2001:db8:1:2::/64"),
                        whole(Kind.IPV6_ADDRESS, "2001:db8::1"),
                        whole(Kind.IPV6_ADDRESS, "2001:db8::2"));
    }

    /** Said, and so a list; but none is held. */
    @ParameterizedTest
    @ValueSource(strings = {"00000000", "ffffffff", "fffffffe"})
    void anAddressThatIsNone(String address) {
        assertThat(held(attributes -> attributes.put(8, hex(address)))).isEmpty();
    }

    @Test
    void zerosOfIpv6AreNone() {
        assertThat(held(attributes -> {
                    attributes.put(97, hex("0000"));
                    attributes.put(97, hex("0040 00000000 00000000"));
                    attributes.put(123, hex("0000"));
                    attributes.put(168, new byte[16]);
                }))
                .isEmpty();
    }

    @Test
    void portRangeOfTheStandard() {
        AccountingRecord record =
                record(attributes -> range(attributes, 6, tlv(3, PUBLIC), port(9, 1024), port(10, 2047)));

        assertThat(record.addresses()).containsExactly(ports("198.51.100.7", 1024, 2047));
        assertThat(record.released()).isNull();
    }

    @Test
    void aPublicAddressWithoutPortsIsWhole() {
        assertThat(held(attributes -> range(attributes, 6, tlv(3, PUBLIC))))
                .containsExactly(ports("198.51.100.7", 0, 65535));
    }

    @Test
    void blocksThatCameAndWent() {
        AccountingRecord record = record(attributes -> {
            attributes.put(8, hex("64400001"));
            range(attributes, 6, tlv(3, PUBLIC), port(9, 1024), port(10, 2047), port(8, 1));
            range(attributes, 6, tlv(3, PUBLIC), port(9, 4096), port(10, 5119), port(8, 2));
        });

        assertThat(record.addresses())
                .containsExactly(whole(Kind.IPV4_ADDRESS, "100.64.0.1"), ports("198.51.100.7", 1024, 2047));
        assertThat(record.released()).containsExactly(ports("198.51.100.7", 4096, 5119));
    }

    @Test
    void aForwardedPort() {
        assertThat(held(attributes -> range(attributes, 7, tlv(3, PUBLIC), port(6, 80), port(7, 8080))))
                .containsExactly(ports("198.51.100.7", 8080, 8080));
    }

    @Test
    void nokia() {
        AccountingRecord record = record(attributes -> {
            attributes.putVendor(6527, 121, ascii("198.51.100.7 37674-37723,38507-38556 router base"));
            attributes.putVendor(6527, 121, ascii("198.51.100.8 1024-1055 vprn100"));
        });

        assertThat(record.addresses())
                .containsExactly(
                        ports("198.51.100.7", 37674, 37723),
                        ports("198.51.100.7", 38507, 38556),
                        ports("198.51.100.8", 1024, 1055));
        assertThat(record.released()).isNull();
    }

    @Test
    void huaweiAtTheStart() {
        AccountingRecord record = record(attributes -> huawei(attributes, 2048, 3071));

        assertThat(record.addresses()).containsExactly(ports("198.51.100.7", 2048, 3071));
        assertThat(record.released()).isNull();
    }

    @Test
    void huaweiTellsOfChanges() {
        AccountingRecord added = record(attributes -> {
            huawei(attributes, 4096, 5119);
            attributes.putVendor(2011, 165, integer(0));
        });
        assertThat(added.addresses()).containsExactly(ports("198.51.100.7", 4096, 5119));
        assertThat(added.released()).isEmpty();

        AccountingRecord deleted = record(attributes -> {
            huawei(attributes, 4096, 5119);
            attributes.putVendor(2011, 165, integer(1));
        });
        assertThat(deleted.addresses()).isEmpty();
        assertThat(deleted.released()).containsExactly(ports("198.51.100.7", 4096, 5119));
    }

    @Test
    void damagedBlocksAreLeftOut() {
        AccountingRecord record = record(attributes -> {
            range(attributes, 6, tlv(3, hex("c63364")), port(9, 1), port(10, 2));
            range(attributes, 6, tlv(3, PUBLIC), port(9, 9), port(10, 2));
            range(attributes, 6, tlv(3, PUBLIC), port(9, 9), port(10, 70_000));
            range(attributes, 6, tlv(3, PUBLIC), tlv(9, hex("01")), port(10, 2));
            range(attributes, 6, port(9, 1), port(10, 2));
            range(attributes, 7, tlv(3, PUBLIC), tlv(7, new byte[0]));
            range(attributes, 7, tlv(3, PUBLIC));
            attributes.putVendor(6527, 121, ascii("999.1.1.1 1-2 router base"));
            attributes.putVendor(6527, 121, ascii("198.51.100.7 x-2,3- router base"));
            attributes.putVendor(6527, 121, ascii("198.51.100.7"));
            attributes.putVendor(2011, 162, integer(1));
            attributes.putVendor(2011, 163, integer(2));
        });

        assertThat(record.addresses()).isNull();
        assertThat(record.released()).isEmpty();
    }

    private List<HeldAddress> held(Consumer<AttributeWriter> content) {
        return record(content).addresses();
    }

    private AccountingRecord record(Consumer<AttributeWriter> content) {
        return world.record(INTERIM, content);
    }

    private static HeldAddress whole(Kind kind, String prefix) {
        return HeldAddress.whole(kind, IpPrefix.parse(prefix));
    }

    private static HeldAddress ports(String address, int from, int to) {
        return new HeldAddress(Kind.PUBLIC_IPV4_PORTS, IpPrefix.parse(address), from, to);
    }

    private static void huawei(AttributeWriter attributes, int from, int to) {
        attributes.putVendor(2011, 161, PUBLIC);
        attributes.putVendor(2011, 162, integer(from));
        attributes.putVendor(2011, 163, integer(to));
    }

    private static void range(AttributeWriter attributes, int extended, byte[]... tlvs) {
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        for (byte[] tlv : tlvs) {
            value.writeBytes(tlv);
        }
        ExtendedAttributes.put(attributes, 241, extended, value.toByteArray());
    }

    private static byte[] tlv(int type, byte[] value) {
        return Tlvs.of(type, value);
    }

    private static byte[] port(int type, int value) {
        return Tlvs.of(type, integer(value));
    }
}
