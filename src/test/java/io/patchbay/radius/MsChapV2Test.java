package io.patchbay.radius;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.wire.Octets;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The values of RFC 2759 section 9.2 and RFC 3079 section 3.5. */
class MsChapV2Test {
    private static final SharedSecret SECRET = new SharedSecret(Octets.ofText("testing123"));
    private static final byte[] CHALLENGE = Packets.hex("5B5D7C7D7B3F2F3E3C2C602132262628");
    private static final byte[] PEER_CHALLENGE = Packets.hex("21402324255E262A28295F2B3A337C7E");
    private static final byte[] NT_HASH = Packets.hex("44EBBA8D5312B8D611474411F56989AE");
    private static final byte[] NT_RESPONSE = Packets.hex("82309ECD8D708B5EA08FAA3981CD83544233114A3D85D6DF");

    @Test
    void hashesThePassword() {
        assertThat(MsChapV2.ntHash("clientPass")).isEqualTo(NT_HASH);
        assertThat(Md4.digest(NT_HASH)).isEqualTo(Packets.hex("41C00C584BD2D91C4017A2A12FA59F3F"));
    }

    @Test
    void hashesTheChallengeWithoutTheDomain() {
        byte[] hash = Packets.hex("D02E4386BCE91226");
        assertThat(MsChapV2.challengeHash(PEER_CHALLENGE, CHALLENGE, "User".getBytes()))
                .isEqualTo(hash);
        assertThat(MsChapV2.challengeHash(PEER_CHALLENGE, CHALLENGE, "BIGCO\\User".getBytes()))
                .isEqualTo(hash);
        assertThat(MsChapV2.challengeResponse(hash, NT_HASH)).isEqualTo(NT_RESPONSE);
    }

    @Test
    void provesTheRightPasswordOnly() {
        MsChapV2 response = MsChapV2.of(request("User", NT_RESPONSE));

        assertThat(response.matches(NT_HASH)).isTrue();
        assertThat(response.matches(MsChapV2.ntHash("clientpass"))).isFalse();
        assertThat(MsChapV2.of(request("user", NT_RESPONSE)).matches(NT_HASH)).isFalse();
    }

    @Test
    void provesItselfToThePeer() {
        String success =
                new String(MsChapV2.of(request("User", NT_RESPONSE)).success(NT_HASH), StandardCharsets.US_ASCII);

        assertThat(success).isEqualTo((char) 17 + "S=407A5589115FD0D6209F510FE9C04566932CDA56");
    }

    @Test
    void rejectsWithoutRetry() {
        String error = new String(MsChapV2.of(request("User", NT_RESPONSE)).error("Try 1"), StandardCharsets.US_ASCII);

        assertThat(error).isEqualTo((char) 17 + "E=691 R=0 C=5B5D7C7D7B3F2F3E3C2C602132262628 V=3 M=Try 1");
    }

    @Test
    void derivesTheKeysOfMppe() {
        byte[] master = MppeKeys.masterKey(Md4.digest(NT_HASH), NT_RESPONSE);
        MppeKeys keys = MsChapV2.of(request("User", NT_RESPONSE)).mppeKeys(NT_HASH);

        assertThat(master).isEqualTo(Packets.hex("FDECE3717A8C838CB388E527AE3CDD31"));
        assertThat(keys.send()).isEqualTo(Packets.hex("8B7CDC149B993A1BA118CB153F56DCCB"));
    }

    @Test
    void theKeysTravelHidden() {
        RadiusPacket request = request("User", NT_RESPONSE);
        MppeKeys keys = MsChapV2.of(request).mppeKeys(NT_HASH);
        ReplyBuilder builder = new ReplyBuilder(PacketCode.ACCESS_ACCEPT, request, SECRET);
        keys.putInto(builder.attributes());
        RadiusPacket reply = Packets.decoded(builder.finish());

        byte[] send = reply.vendor(MsChapV2.MICROSOFT, MppeKeys.MS_MPPE_SEND_KEY);
        byte[] receive = reply.vendor(MsChapV2.MICROSOFT, MppeKeys.MS_MPPE_RECV_KEY);
        assertThat(TunnelPassword.decrypt(SECRET.bytes(), request.authenticator(), send))
                .isEqualTo(keys.send());
        assertThat(TunnelPassword.decrypt(SECRET.bytes(), request.authenticator(), receive))
                .isEqualTo(keys.receive())
                .isNotEqualTo(keys.send());
        assertThat(Arrays.copyOf(send, 2)).isNotEqualTo(Arrays.copyOf(receive, 2));
    }

    @Test
    void anythingIncompleteIsNoResponse() {
        assertThat(MsChapV2.of(request("User", new byte[23]))).isNull();
        RequestBuilder withoutName = new RequestBuilder(PacketCode.ACCESS_REQUEST, 1, SECRET);
        withoutName.attributes().putVendor(MsChapV2.MICROSOFT, MsChapV2.MS_CHAP_CHALLENGE, CHALLENGE);
        assertThat(MsChapV2.of(Packets.decoded(withoutName.finish()))).isNull();
    }

    private static RadiusPacket request(String userName, byte[] ntResponse) {
        byte[] response = new byte[26 + ntResponse.length];
        response[0] = 17;
        System.arraycopy(PEER_CHALLENGE, 0, response, 2, 16);
        System.arraycopy(ntResponse, 0, response, 26, ntResponse.length);
        RequestBuilder builder = new RequestBuilder(PacketCode.ACCESS_REQUEST, 1, SECRET);
        builder.attributes().put(1, userName.getBytes());
        builder.attributes().putVendor(MsChapV2.MICROSOFT, MsChapV2.MS_CHAP_CHALLENGE, CHALLENGE);
        builder.attributes().putVendor(MsChapV2.MICROSOFT, MsChapV2.MS_CHAP2_RESPONSE, response);
        return Packets.decoded(builder.finish());
    }
}
