package io.patchbay.radius;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.wire.Octets;
import java.util.List;
import org.aaa4j.radius.core.attribute.Attribute;
import org.aaa4j.radius.core.attribute.StringData;
import org.aaa4j.radius.core.attribute.TextData;
import org.aaa4j.radius.core.attribute.attributes.MessageAuthenticator;
import org.aaa4j.radius.core.attribute.attributes.ReplyMessage;
import org.aaa4j.radius.core.attribute.attributes.UserName;
import org.aaa4j.radius.core.dictionary.dictionaries.StandardDictionary;
import org.aaa4j.radius.core.packet.Packet;
import org.aaa4j.radius.core.packet.PacketCodec;
import org.aaa4j.radius.core.packet.packets.AccessAccept;
import org.aaa4j.radius.core.packet.packets.AccessRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody else's codec reads what this one writes, and the other way round. */
class Aaa4jOracleTest {
    private static final byte[] SECRET_BYTES = "a secret that is not short".getBytes();
    private static final SharedSecret SECRET = new SharedSecret(Octets.of(SECRET_BYTES));

    private final PacketCodec theirs = new PacketCodec(new StandardDictionary());

    @ParameterizedTest
    @ValueSource(ints = {1, 8, 15, 16, 17, 32, 100, 128})
    void weReadTheirRequest(int passwordLength) throws Exception {
        String password = "p".repeat(passwordLength);
        List<Attribute<?>> attributes = List.of(
                new MessageAuthenticator(),
                new UserName(new TextData("álice@example.net")),
                new org.aaa4j.radius.core.attribute.attributes.UserPassword(new StringData(password.getBytes())));
        byte[] authenticator = Packets.hex("00112233445566778899aabbccddeeff");

        RadiusPacket request =
                Packets.decoded(theirs.encodeRequest(new AccessRequest(attributes), SECRET_BYTES, authenticator));

        assertThat(request.code()).isEqualTo(PacketCode.ACCESS_REQUEST);
        assertThat(request.text(1)).isEqualTo("álice@example.net");
        assertThat(request.authenticator()).isEqualTo(authenticator);
        assertThat(Authenticators.hasRightMessageAuthenticator(request, SECRET)).isTrue();
        assertThat(UserPassword.of(request, SECRET)).isEqualTo(password.getBytes());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 16, 17, 128})
    void theyReadOurRequest(int passwordLength) throws Exception {
        byte[] password = "q".repeat(passwordLength).getBytes();
        RequestBuilder builder = new RequestBuilder(PacketCode.ACCESS_REQUEST, 77, SECRET);
        builder.attributes().put(1, "bob".getBytes());
        builder.attributes()
                .put(2, UserPassword.encrypt(SECRET, builder.attributes().requestAuthenticator(), password));

        Packet request = theirs.decodeRequest(builder.finish(), SECRET_BYTES);

        assertThat(request.getReceivedFields().getIdentifier()).isEqualTo(77);
        assertThat(request.getAttribute(MessageAuthenticator.class)).isPresent();
        assertThat(request.getAttribute(UserName.class).orElseThrow().getData().getValue())
                .isEqualTo("bob");
        assertThat(request.getAttribute(org.aaa4j.radius.core.attribute.attributes.UserPassword.class)
                        .orElseThrow()
                        .getData()
                        .getValue())
                .isEqualTo(password);
    }

    @Test
    void theyAcceptOurReply() throws Exception {
        RadiusPacket request = Packets.decoded(new RequestBuilder(PacketCode.ACCESS_REQUEST, 5, SECRET).finish());
        ReplyBuilder reply = new ReplyBuilder(PacketCode.ACCESS_ACCEPT, request, SECRET);
        reply.attributes().put(18, "welcome".getBytes());

        Packet answer = theirs.decodeResponse(reply.finish(), SECRET_BYTES, request.authenticator());

        assertThat(answer).isInstanceOf(AccessAccept.class);
        assertThat(answer.getAttribute(ReplyMessage.class)
                        .orElseThrow()
                        .getData()
                        .getValue())
                .isEqualTo("welcome");
    }

    @Test
    void weAcceptTheirReply() throws Exception {
        byte[] authenticator = Packets.hex("ffeeddccbbaa99887766554433221100");
        AccessAccept accept =
                new AccessAccept(List.of(new MessageAuthenticator(), new ReplyMessage(new TextData("welcome"))));

        RadiusPacket answer = Packets.decoded(theirs.encodeResponse(accept, SECRET_BYTES, 5, authenticator));

        assertThat(Authenticators.hasRightMessageAuthenticator(answer, authenticator, SECRET))
                .isTrue();
        assertThat(Authenticators.hasRightResponseAuthenticator(answer, authenticator, SECRET))
                .isTrue();
        assertThat(answer.text(18)).isEqualTo("welcome");
    }
}
