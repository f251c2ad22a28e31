package io.patchbay.radius;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.wire.Octets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticatorsTest {
    private static final SharedSecret SECRET = new SharedSecret(Octets.ofText("xyzzy5461"));
    private static final SharedSecret OTHER = new SharedSecret(Octets.ofText("xyzzy5462"));

    /** RFC 2865 section 7.1. */
    private static final byte[] REQUEST_AUTHENTICATOR = Packets.hex("0f403f9473978057bd83d5cb98f4227a");

    private static final byte[] ACCEPT =
            Packets.hex("0200002686fe220e7624ba2a1005f6bf9b55e0b20606000000010f06000000000e06c0a80103");

    @Test
    void knowsTheResponseAuthenticatorOfRfc2865() {
        RadiusPacket accept = Packets.decoded(ACCEPT);

        assertThat(Authenticators.hasRightResponseAuthenticator(accept, REQUEST_AUTHENTICATOR, SECRET))
                .isTrue();
        assertThat(Authenticators.hasRightResponseAuthenticator(accept, REQUEST_AUTHENTICATOR, OTHER))
                .isFalse();
        assertThat(Authenticators.hasRightResponseAuthenticator(accept, new byte[16], SECRET))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                PacketCode.ACCESS_REQUEST,
                PacketCode.STATUS_SERVER,
                PacketCode.ACCOUNTING_REQUEST,
                PacketCode.DISCONNECT_REQUEST,
                PacketCode.COA_REQUEST
            })
    void everyBitOfASignedRequestCounts(int code) {
        byte[] request = request(code);
        assertThat(Authenticators.hasRightMessageAuthenticator(Packets.decoded(request), SECRET))
                .isTrue();
        assertThat(Authenticators.hasRightMessageAuthenticator(Packets.decoded(request), OTHER))
                .isFalse();
        boolean signed = PacketCode.signsItsAuthenticator(code);
        assertThat(Authenticators.hasRightRequestAuthenticator(Packets.decoded(request), SECRET))
                .isEqualTo(signed);

        for (int bit = 0; bit < request.length * 8; bit++) {
            byte[] forged = request.clone();
            forged[bit / 8] ^= (byte) (1 << bit % 8);
            if (forged[0] == request[0]
                    && RadiusPacket.decode(forged, 0, forged.length) instanceof Decoded.Ok ok
                    && ok.packet().length() == request.length) {
                boolean inAuthenticator = bit / 8 >= 4 && bit / 8 < 20;
                assertThat(Authenticators.hasRightMessageAuthenticator(ok.packet(), SECRET))
                        .as("bit %d", bit)
                        .isEqualTo(signed && inAuthenticator);
                assertThat(Authenticators.hasRightRequestAuthenticator(ok.packet(), SECRET))
                        .isFalse();
            }
        }
    }

    @Test
    void aPacketWithoutMessageAuthenticatorHasNoRightOne() {
        assertThat(Authenticators.hasRightMessageAuthenticator(Packets.decoded(ACCEPT), SECRET))
                .isFalse();
    }

    @Test
    void verifyingLeavesThePacketAsItWas() {
        byte[] request = request(PacketCode.COA_REQUEST);
        byte[] before = request.clone();
        RadiusPacket packet = Packets.decoded(request);

        Authenticators.hasRightMessageAuthenticator(packet, SECRET);
        Authenticators.hasRightRequestAuthenticator(packet, SECRET);

        assertThat(packet.bytes()).isEqualTo(before);
    }

    @Test
    void aReplyLeadsWithItsMessageAuthenticatorAndEchoesProxyStates() {
        RequestBuilder builder = new RequestBuilder(PacketCode.ACCESS_REQUEST, 9, SECRET);
        builder.attributes().put(AttributeType.PROXY_STATE, new byte[] {1});
        builder.attributes().put(1, "bob".getBytes());
        builder.attributes().put(AttributeType.PROXY_STATE, new byte[0]);
        builder.attributes().put(AttributeType.PROXY_STATE, new byte[] {3, 3});
        RadiusPacket request = Packets.decoded(builder.finish());

        ReplyBuilder reply = new ReplyBuilder(PacketCode.ACCESS_ACCEPT, request, SECRET);
        reply.attributes().put(18, new byte[253]);
        reply.attributes().put(18, new byte[253]);
        reply.attributes().put(18, new byte[253]);
        RadiusPacket answer = Packets.decoded(reply.finish());

        assertThat(answer.code()).isEqualTo(PacketCode.ACCESS_ACCEPT);
        assertThat(answer.identifier()).isEqualTo(9);
        assertThat(answer.bytes()[20]).isEqualTo((byte) AttributeType.MESSAGE_AUTHENTICATOR);
        assertThat(answer.values(AttributeType.PROXY_STATE))
                .containsExactly(new byte[] {1}, new byte[0], new byte[] {3, 3});
        assertThat(answer.values(18)).hasSize(3);
        assertThat(Authenticators.hasRightMessageAuthenticator(answer, request.authenticator(), SECRET))
                .isTrue();
        assertThat(Authenticators.hasRightResponseAuthenticator(answer, request.authenticator(), SECRET))
                .isTrue();
    }

    @Test
    void anAccountingResponseCarriesAMessageAuthenticatorOnlyWhenAsked() {
        byte[] plain = Arrays.copyOf(request(PacketCode.ACCOUNTING_REQUEST), 20);
        plain[3] = 20;
        plain[2] = 0;

        byte[] unasked = new ReplyBuilder(PacketCode.ACCOUNTING_RESPONSE, Packets.decoded(plain), SECRET).finish();
        byte[] asked = new ReplyBuilder(
                        PacketCode.ACCOUNTING_RESPONSE, Packets.decoded(request(PacketCode.ACCOUNTING_REQUEST)), SECRET)
                .finish();

        assertThat(unasked).hasSize(20);
        assertThat(Packets.decoded(asked).has(AttributeType.MESSAGE_AUTHENTICATOR))
                .isTrue();
    }

    private static byte[] request(int code) {
        RequestBuilder builder = new RequestBuilder(code, 3, SECRET);
        builder.attributes().put(1, "bob".getBytes());
        builder.attributes().putVendor(9, 1, "ip:vrf=red".getBytes());
        return builder.finish();
    }
}
