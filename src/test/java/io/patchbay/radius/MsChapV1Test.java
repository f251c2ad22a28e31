package io.patchbay.radius;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.wire.Octets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The values of RFC 2433 appendix B: challenge, password {@code MyPw}, and the response that they make. */
class MsChapV1Test {
    private static final byte[] CHALLENGE = Packets.hex("10 2D B5 DF 08 5D 30 41");
    private static final byte[] NT_HASH = Packets.hex("FC 15 6A F7 ED CD 6C 0E DD E3 33 7D 42 7F 4E AC");
    private static final byte[] NT_RESPONSE =
            Packets.hex("4E 9D 3C 8F 9C FD 38 5D 5B F4 D3 24 67 91 95 6C A4 C3 51 AB 40 9A 3D 61");

    @Test
    void hashesThePassword() {
        assertThat(MsChapV2.ntHash("MyPw")).isEqualTo(NT_HASH);
    }

    @Test
    void provesTheRightPasswordOnly() {
        MsChapV1 response = MsChapV1.of(request(CHALLENGE, response(NT_RESPONSE, 1)));

        assertThat(response.matches(NT_HASH)).isTrue();
        assertThat(response.matches(MsChapV2.ntHash("mypw"))).isFalse();
    }

    @Test
    void anotherChallengeIsNotAnswered() {
        byte[] other = CHALLENGE.clone();
        other[7] ^= 1;
        assertThat(MsChapV1.of(request(other, response(NT_RESPONSE, 1))).matches(NT_HASH))
                .isFalse();
    }

    @Test
    void anythingIncompleteIsNoResponse() {
        assertThat(MsChapV1.of(request(CHALLENGE, response(NT_RESPONSE, 0))))
                .as("only the LAN Manager response is given")
                .isNull();
        assertThat(MsChapV1.of(request(new byte[16], response(NT_RESPONSE, 1))))
                .as("a challenge of version 2")
                .isNull();
        assertThat(MsChapV1.of(request(CHALLENGE, Arrays.copyOf(response(NT_RESPONSE, 1), 49))))
                .as("a byte is missing")
                .isNull();
    }

    /** RFC 2548 section 2.1.3: identifier, flags, LAN Manager response, NT response. */
    private static byte[] response(byte[] ntResponse, int flags) {
        byte[] value = new byte[50];
        value[1] = (byte) flags;
        System.arraycopy(ntResponse, 0, value, 26, ntResponse.length);
        return value;
    }

    private static RadiusPacket request(byte[] challenge, byte[] response) {
        RequestBuilder builder =
                new RequestBuilder(PacketCode.ACCESS_REQUEST, 1, new SharedSecret(Octets.ofText("testing123")));
        builder.attributes().putVendor(MsChapV2.MICROSOFT, MsChapV2.MS_CHAP_CHALLENGE, challenge);
        builder.attributes().putVendor(MsChapV2.MICROSOFT, MsChapV1.MS_CHAP_RESPONSE, response);
        return Packets.decoded(builder.finish());
    }
}
