package io.patchbay.radius;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.wire.Octets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharedSecretTest {
    @Test
    void agreesWithRfc2202() {
        assertThat(hmac(Octets.ofHex("0b".repeat(16)), "Hi There".getBytes()))
                .isEqualTo("9294727a3638bb1c13f48ef8158bfc9d");
        assertThat(hmac(Octets.ofText("Jefe"), "what do ya want for nothing?".getBytes()))
                .isEqualTo("750c783e6ab0b503eaa86e310a5db738");
        assertThat(hmac(
                        Octets.ofHex("aa".repeat(80)),
                        "Test Using Larger Than Block-Size Key - Hash Key First".getBytes()))
                .isEqualTo("6b1ab7fe4bd7bf8f0b62e6ce61b9d0cd");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 63, 64, 65, 128, 200})
    void agreesWithTheJdkForSecretsOfEveryLength(int length) throws Exception {
        Random random = new Random(length);
        byte[] secret = new byte[length];
        random.nextBytes(secret);
        SharedSecret shared = new SharedSecret(Octets.of(secret));
        Mac mac = Mac.getInstance("HmacMD5");
        mac.init(new SecretKeySpec(secret, "HmacMD5"));
        for (int size = 0; size < 300; size++) {
            byte[] message = new byte[size];
            random.nextBytes(message);
            byte[] target = new byte[16];
            shared.hmacMd5(message, 0, size, target, 0);
            assertThat(target).isEqualTo(mac.doFinal(message));
        }
    }

    @Test
    void oneSecretServesManyThreadsAtOnce() throws Exception {
        SharedSecret secret = new SharedSecret(Octets.ofText("testing123"));
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Callable<Boolean>> tasks = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                int identifier = i;
                tasks.add(() -> signsAndVerifies(secret, identifier));
            }
            for (Future<Boolean> outcome : threads.invokeAll(tasks)) {
                assertThat(outcome.get()).isTrue();
            }
        }
    }

    private static boolean signsAndVerifies(SharedSecret secret, int identifier) {
        byte[] password = ("password" + identifier).getBytes();
        for (int i = 0; i < 5_000; i++) {
            RequestBuilder builder = new RequestBuilder(PacketCode.ACCESS_REQUEST, identifier, secret);
            builder.attributes()
                    .put(
                            AttributeType.USER_PASSWORD,
                            UserPassword.encrypt(secret, builder.attributes().requestAuthenticator(), password));
            RadiusPacket request = Packets.decoded(builder.finish());
            RadiusPacket reply = Packets.decoded(new ReplyBuilder(PacketCode.ACCESS_ACCEPT, request, secret).finish());
            if (!Authenticators.hasRightMessageAuthenticator(request, secret)
                    || !Arrays.equals(UserPassword.of(request, secret), password)
                    || !Authenticators.hasRightMessageAuthenticator(reply, request.authenticator(), secret)
                    || !Authenticators.hasRightResponseAuthenticator(reply, request.authenticator(), secret)) {
                return false;
            }
        }
        return true;
    }

    @Test
    void printsNothing() {
        assertThat(new SharedSecret(Octets.ofText("testing123"))).hasToString("SharedSecret");
    }

    private static String hmac(Octets key, byte[] message) {
        byte[] target = new byte[16];
        new SharedSecret(key).hmacMd5(message, 0, message.length, target, 0);
        return HexFormat.of().formatHex(target);
    }
}
