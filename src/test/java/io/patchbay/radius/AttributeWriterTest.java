package io.patchbay.radius;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.wire.Octets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AttributeWriterTest {
    private static final SharedSecret SECRET = new SharedSecret(Octets.ofText("testing123"));

    private final RequestBuilder builder = new RequestBuilder(PacketCode.ACCESS_REQUEST, 1, SECRET);
    private final AttributeWriter attributes = builder.attributes();

    @Test
    void readsBackWhatItWrote() {
        attributes.put(1, "bob".getBytes());
        attributes.put(25, Octets.ofHex("00ff"));
        attributes.put(31, new byte[] {9, 8, 7, 6}, 1, 2);
        attributes.putInteger(27, -2);
        RadiusPacket packet = finished();

        assertThat(packet.text(1)).isEqualTo("bob");
        assertThat(packet.octets(25)).isEqualTo(Octets.ofHex("00ff"));
        assertThat(packet.value(31)).containsExactly(8, 7);
        assertThat(packet.integer(27, -1)).isEqualTo(4294967294L);
        assertThat(packet.integer(1, -1)).as("three bytes are no integer").isEqualTo(-1);
        assertThat(packet.integer(28, -1)).isEqualTo(-1);
        assertThat(packet.value(28)).isNull();
        assertThat(packet.text(28)).isNull();
        assertThat(packet.octets(28)).isNull();
        assertThat(packet.values(28)).isEmpty();
        assertThat(packet.eapMessage()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"1,1,200,00000909c8", "2,1,258,00000909010205", "2,2,258,000009090102", "4,0,70000,00000909 00011170"})
    void writesEveryVendorFormat(int typeBytes, int lengthBytes, int type, String begins) {
        byte[] value = {5, 6};
        attributes.putVendor(0x909, typeBytes, lengthBytes, type, value);
        RadiusPacket packet = finished();

        VendorFormat format = new VendorFormat(typeBytes, lengthBytes, false);
        assertThat(packet.vendor(0x909, format, type)).isEqualTo(value);
        assertThat(packet.value(26)).startsWith(Packets.hex(begins));
    }

    @Test
    void theUsualFormatIsTheSameBothWays() {
        attributes.putVendor(9, 1, "a=b".getBytes());
        attributes.putVendor(9, VendorFormat.USUAL, 1, "a=b".getBytes());

        assertThat(finished().values(26))
                .hasSize(2)
                .allMatch(v -> Arrays.equals(v, Packets.hex("0000000901 05 613d62")));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 246, 247, 492, 493, 1000})
    void continuesALongVendorValue(int length) {
        VendorFormat continued = new VendorFormat(1, 1, true);
        byte[] value = bytes(length);
        attributes.putVendor(24757, continued, 1, value);
        attributes.putVendor(24757, continued, 1, new byte[] {1});

        assertThat(finished().vendorValues(24757, continued, 1)).containsExactly(value, new byte[] {1});
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 251, 252, 502, 1000})
    void fragmentsALongExtendedValue(int length) {
        byte[] value = bytes(length);
        ExtendedAttributes.put(attributes, 245, 3, value);
        ExtendedAttributes.put(attributes, 245, 3, new byte[] {1});
        ExtendedAttributes.putVendor(attributes, 246, 9, 2, value);

        RadiusPacket packet = finished();
        assertThat(ExtendedAttributes.values(packet, 245, 3)).containsExactly(value, new byte[] {1});
        assertThat(ExtendedAttributes.vendorValues(packet, 246, 9, 2)).containsExactly(value);
    }

    @Test
    void anExtendedValueFitsOneAttributeOrIsRefused() {
        ExtendedAttributes.put(attributes, 241, 5, bytes(252));
        assertThat(ExtendedAttributes.value(finished(), 241, 5)).isEqualTo(bytes(252));

        assertThatThrownBy(() -> ExtendedAttributes.put(attributes, 241, 5, bytes(253)))
                .isInstanceOf(PacketTooLongException.class);
        assertThatThrownBy(() -> ExtendedAttributes.put(attributes, 240, 5, bytes(1)))
                .hasMessageContaining("241 to 246");
    }

    @Test
    void tlvsNest() {
        byte[] tlv = Tlvs.of(2, Tlvs.of(3, new byte[] {7}));

        assertThat(Tlvs.value(tlv, 2, 3)).containsExactly(7);
        assertThat(Tlvs.value(tlv, 2, 4)).isNull();
        assertThat(Tlvs.value(Tlvs.of(1, bytes(253)), 1)).isEqualTo(bytes(253));
        assertThatThrownBy(() -> Tlvs.of(1, bytes(254))).isInstanceOf(PacketTooLongException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 253, 254, 1020})
    void splitsAnEapMessage(int length) {
        attributes.putSplit(AttributeType.EAP_MESSAGE, bytes(length));

        assertThat(finished().eapMessage()).isEqualTo(bytes(length));
    }

    @Test
    void refusesWhatDoesNotFitAndKeepsWhatDoes() {
        assertThatThrownBy(() -> attributes.put(18, bytes(254))).isInstanceOf(PacketTooLongException.class);
        assertThatThrownBy(() -> attributes.putVendor(9, 1, bytes(248))).isInstanceOf(PacketTooLongException.class);
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 17; i++) {
                        attributes.put(18, bytes(253));
                    }
                })
                .isInstanceOf(PacketTooLongException.class)
                .hasMessageContaining("attribute 18");

        RadiusPacket packet = finished();
        assertThat(packet.values(18)).hasSize(15);
        assertThat(Authenticators.hasRightMessageAuthenticator(packet, SECRET)).isTrue();
    }

    @Test
    void aVendorFormatThatNobodyHasIsRefused() {
        assertThatThrownBy(() -> new VendorFormat(3, 1, false)).hasMessageContaining("3,1");
        assertThatThrownBy(() -> new VendorFormat(2, 2, true)).hasMessageContaining("2,2,c");
    }

    private RadiusPacket finished() {
        return Packets.decoded(builder.finish());
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
