package io.patchbay.radius;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.wire.Octets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {
    private static final SharedSecret SECRET = new SharedSecret(Octets.ofText("xyzzy5461"));
    private static final byte[] AUTHENTICATOR = Packets.hex("0f403f9473978057bd83d5cb98f4227a");

    /** RFC 2865 section 7.1. */
    private static final String PAP_REQUEST = "01000038 0f403f9473978057bd83d5cb98f4227a 01066e656d6f"
            + "02120dbe708d93d413ce3196e43f782a0aee 0406c0a80110 050600000003";

    /** RFC 2865 section 7.2. */
    private static final String CHAP_REQUEST = "01010047 2aee86f08d0d55969ca5978e0d3367a2 0108666c6f707379"
            + "031316e97557c316185895f293ff63440772 75 0406c0a80110 050600000014 060600000002 070600000001";

    @Test
    void decryptsThePapPasswordOfRfc2865() {
        assertThat(UserPassword.of(Packets.decoded(PAP_REQUEST), SECRET)).isEqualTo("arctangent".getBytes());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 16, 17, 127, 128})
    void papComesBack(int length) {
        byte[] password = "x".repeat(length).getBytes();
        byte[] hidden = UserPassword.encrypt(SECRET, AUTHENTICATOR, password);

        assertThat(hidden).hasSize(Math.max(16, (length + 15) / 16 * 16));
        assertThat(UserPassword.decrypt(SECRET, AUTHENTICATOR, hidden)).isEqualTo(password);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 17, 144})
    void papOfAnImpossibleLengthIsNoPassword(int length) {
        assertThat(UserPassword.decrypt(SECRET, AUTHENTICATOR, new byte[length]))
                .isNull();
    }

    @Test
    void papLongerThan128BytesIsRefused() {
        assertThatThrownBy(() -> UserPassword.encrypt(SECRET, AUTHENTICATOR, new byte[129]))
                .hasMessageContaining("128");
    }

    @Test
    void provesTheChapPasswordOfRfc2865() {
        ChapPassword chap = ChapPassword.of(Packets.decoded(CHAP_REQUEST));

        assertThat(chap.matches("arctangent".getBytes())).isTrue();
        assertThat(chap.matches("arctangenT".getBytes())).isFalse();
    }

    @Test
    void chapTakesTheChallengeAttributeWhereThereIsOne() {
        byte[] challenge = Packets.hex("0102030405060708090a0b0c0d0e0f1011121314");
        RequestBuilder builder = new RequestBuilder(PacketCode.ACCESS_REQUEST, 1, SECRET);
        builder.attributes().put(AttributeType.CHAP_CHALLENGE, challenge);
        builder.attributes().put(AttributeType.CHAP_PASSWORD, ChapPassword.value(200, "hello".getBytes(), challenge));

        ChapPassword chap = ChapPassword.of(Packets.decoded(builder.finish()));

        assertThat(chap.matches("hello".getBytes())).isTrue();
        assertThat(chap.matches("hallo".getBytes())).isFalse();
    }

    @Test
    void aChapPasswordOfAnotherLengthIsNone() {
        RequestBuilder builder = new RequestBuilder(PacketCode.ACCESS_REQUEST, 1, SECRET);
        builder.attributes().put(AttributeType.CHAP_PASSWORD, new byte[16]);

        assertThat(ChapPassword.of(Packets.decoded(builder.finish()))).isNull();
        assertThat(ChapPassword.of(Packets.decoded(PAP_REQUEST))).isNull();
        assertThat(UserPassword.of(Packets.decoded(CHAP_REQUEST), SECRET)).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 16, 31, 32, 239})
    void tunnelPasswordComesBack(int length) {
        byte[] plain = "t".repeat(length).getBytes();
        byte[] hidden = TunnelPassword.encrypt(SECRET.bytes(), AUTHENTICATOR, plain, 0x1234);

        assertThat(hidden).hasSize(2 + (length + 16) / 16 * 16);
        assertThat(hidden[0] & 0x80).as("the salt's highest bit").isEqualTo(0x80);
        assertThat(TunnelPassword.decrypt(SECRET.bytes(), AUTHENTICATOR, hidden))
                .isEqualTo(plain);
    }

    @Test
    void tunnelPasswordsDoNotShareASalt() {
        Set<Integer> salts = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            byte[] hidden = TunnelPassword.encrypt(SECRET, AUTHENTICATOR, new byte[16]);
            assertThat(salts.add((hidden[0] & 0xff) << 8 | hidden[1] & 0xff)).isTrue();
        }
    }

    @Test
    void aTunnelPasswordThatCannotBeOneIsNone() {
        assertThat(TunnelPassword.decrypt(SECRET.bytes(), AUTHENTICATOR, new byte[17]))
                .isNull();
        assertThat(TunnelPassword.decrypt(SECRET.bytes(), AUTHENTICATOR, new byte[20]))
                .isNull();
        assertThatThrownBy(() -> TunnelPassword.encrypt(SECRET, AUTHENTICATOR, new byte[240]))
                .hasMessageContaining("239");
    }
}
