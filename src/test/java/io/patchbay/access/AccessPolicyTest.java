package io.patchbay.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.HubTest;
import io.patchbay.access.AccessCounters.Outcome;
import io.patchbay.binding.ChangeFeed;
import io.patchbay.event.Actor;
import io.patchbay.lab.GivenNas;
import io.patchbay.lab.TestNas;
import io.patchbay.ledger.DenialPolicy;
import io.patchbay.ledger.MessageAuthenticatorMode;
import io.patchbay.ledger.NasClients;
import io.patchbay.ledger.Option82Policy;
import io.patchbay.ledger.SubscriberImport;
import io.patchbay.radius.AttributeType;
import io.patchbay.radius.AttributeWriter;
import io.patchbay.radius.ChapPassword;
import io.patchbay.radius.MppeKeys;
import io.patchbay.radius.MsChapPeer;
import io.patchbay.radius.MsChapV2;
import io.patchbay.radius.PacketCode;
import io.patchbay.radius.Packets;
import io.patchbay.radius.RadiusPacket;
import io.patchbay.radius.TunnelPassword;
import io.patchbay.wire.Octets;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.crypto.bcrypt.BCrypt;

/** What a NAS is set to, and what then happens to its requests, over the real socket. Rejects of these NASes do not wait. */
@HubTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessPolicyTest {
    private static final Duration A_MOMENT = Duration.ofMillis(300);
    private static final String CIRCUIT = "policy-olt eth 0/1:1";
    private static final String BCRYPT_CIRCUIT = "policy-olt eth 0/1:2";
    private static final String SUSPENDED_CIRCUIT = "policy-olt eth 0/1:3";
    private static final int USER_NAME = 1;
    private static final int FRAMED_PROTOCOL = 7;
    private static final int FRAMED_IP_ADDRESS = 8;
    private static final int FRAMED_POOL = 88;
    private static final int ADSL_FORUM = 3561;
    private static final AtomicInteger ADDRESS = new AtomicInteger();

    @Value("${patchbay.radius.auth-port}")
    private int port;

    @Autowired
    private SubscriberImport subscriberImport;

    @Autowired
    private NasClients nasClients;

    @Autowired
    private ChangeFeed feed;

    @Autowired
    private AccessCounters counters;

    @Autowired
    private JdbcTemplate jdbc;

    @BeforeAll
    void population() {
        String csv = """
                username,password,circuit_id,state,s_vlan,ipv4
                policy-clear,clear-secret,policy-olt eth 0/1:1,active,400,198.18.40.1
                policy-bcrypt,{bcrypt}%s,policy-olt eth 0/1:2,active,400,198.18.40.2
                policy-suspended,late-payer,policy-olt eth 0/1:3,suspended,400,198.18.40.3
                """.formatted(BCrypt.hashpw("slow-secret", BCrypt.gensalt(8)));
        assertThat(subscriberImport
                        .run(new StringReader(csv), Actor.named("test"), "default")
                        .rejected())
                .isEmpty();
        feed.catchUp();
    }

    @Test
    void bothSecretsOfARotationProveARequestAndTheReplyIsSignedWithTheSameOne() {
        GivenNas given = given();
        long id = create(given);
        nasClients.rotateSecret(id, Octets.ofText("the-new-secret"), Actor.named("test"));
        feed.refreshDirectoryNow();
        for (String secret : List.of(GivenNas.SECRET, "the-new-secret")) {
            try (TestNas nas = new TestNas(given.address(), port, secret)) {
                assertThat(accepts(nas, nas.pap("policy-clear", "clear-secret", CIRCUIT)))
                        .as(secret)
                        .isTrue();
            }
        }
        nasClients.dropOldSecret(id, Actor.named("test"));
        feed.refreshDirectoryNow();
        try (TestNas nas = new TestNas(given.address(), port, GivenNas.SECRET)) {
            assertSilent(nas, nas.pap("policy-clear", "clear-secret", CIRCUIT), Outcome.BAD_MESSAGE_AUTHENTICATOR);
        }
    }

    @Test
    void autoDemandsASignatureAsSoonAsOneWasSeen() {
        try (TestNas nas = connect(given())) {
            assertThat(accepts(nas, unsigned(nas))).isTrue();
            assertThat(accepts(nas, nas.pap("policy-clear", "clear-secret", CIRCUIT)))
                    .isTrue();
            assertSilent(nas, unsigned(nas), Outcome.MISSING_MESSAGE_AUTHENTICATOR);
        }
    }

    @Test
    void requireDropsWhatIsNotSigned() {
        try (TestNas nas = connect(given().messageAuthenticator(MessageAuthenticatorMode.REQUIRE))) {
            assertSilent(nas, unsigned(nas), Outcome.MISSING_MESSAGE_AUTHENTICATOR);
            assertThat(accepts(nas, nas.pap("policy-clear", "clear-secret", CIRCUIT)))
                    .isTrue();
        }
    }

    @Test
    void offTakesWhatIsNotSignedFromASourceThatSigns() {
        try (TestNas nas = connect(given().messageAuthenticator(MessageAuthenticatorMode.OFF))) {
            assertThat(accepts(nas, nas.pap("policy-clear", "clear-secret", CIRCUIT)))
                    .isTrue();
            assertThat(accepts(nas, unsigned(nas))).isTrue();
        }
    }

    @Test
    void aBrokenSignatureIsDroppedEvenWhereNoneIsAskedFor() {
        try (TestNas nas = connect(given().messageAuthenticator(MessageAuthenticatorMode.OFF))) {
            byte[] forged = nas.pap("policy-clear", "clear-secret", CIRCUIT);
            forged[TestNas.BEHIND_THE_SIGNATURE - 1] ^= 1;
            assertSilent(nas, forged, Outcome.BAD_MESSAGE_AUTHENTICATOR);
        }
    }

    @Test
    void anUnsignedProxyIsNotAnswered() {
        try (TestNas nas = connect(given())) {
            byte[] proxied = nas.request(PacketCode.ACCESS_REQUEST, attributes -> {
                attributes.put(USER_NAME, ascii("policy-clear"));
                attributes.put(AttributeType.PROXY_STATE, new byte[] {1});
            });
            assertSilent(nas, TestNas.unsigned(proxied), Outcome.UNPROTECTED_PROXY_STATE);
        }
    }

    @Test
    void eapGetsACleanRejectWithAnEapFailure() {
        try (TestNas nas = connect(given())) {
            byte[] identity = {2, 7, 0, 6, 1, 'x'};
            byte[] request = nas.request(
                    PacketCode.ACCESS_REQUEST, attributes -> attributes.put(AttributeType.EAP_MESSAGE, identity));
            RadiusPacket reply = nas.ask(request).orElseThrow();
            assertThat(reply.code()).isEqualTo(PacketCode.ACCESS_REJECT);
            assertThat(reply.eapMessage()).containsExactly(4, 7, 0, 4);
            assertThat(reply.has(AttributeType.MESSAGE_AUTHENTICATOR)).isTrue();
            assertSilent(nas, TestNas.unsigned(request), Outcome.MISSING_MESSAGE_AUTHENTICATOR);
        }
    }

    @Test
    void aSlowHashIsVerifiedBesideTheEventLoopAndRemembered() {
        try (TestNas nas = connect(given())) {
            for (int login = 0; login < 3; login++) {
                assertThat(accepts(nas, nas.pap("policy-bcrypt", "slow-secret", BCRYPT_CIRCUIT)))
                        .isTrue();
                assertThat(accepts(nas, nas.pap("policy-bcrypt", "wrong", BCRYPT_CIRCUIT)))
                        .isFalse();
            }
        }
    }

    @Test
    void chapIsAnsweredFromClearTextAndNeverFromAHash() {
        try (TestNas nas = connect(given())) {
            assertThat(accepts(nas, chap(nas, "policy-clear", "clear-secret", CIRCUIT)))
                    .isTrue();
            assertThat(accepts(nas, chap(nas, "policy-clear", "wrong", CIRCUIT)))
                    .isFalse();
            assertThat(accepts(nas, chap(nas, "policy-bcrypt", "slow-secret", BCRYPT_CIRCUIT)))
                    .isFalse();
        }
    }

    @Test
    void msChapV2ProvesTheHubTooAndHandsOutMppeKeys() {
        try (TestNas nas = connect(given())) {
            byte[] request = msChapV2(nas, "clear-secret");
            RadiusPacket reply = nas.ask(request).orElseThrow();
            assertThat(reply.code()).isEqualTo(PacketCode.ACCESS_ACCEPT);

            RadiusPacket asked = Packets.decoded(request);
            byte[] ntHash = MsChapV2.ntHash("clear-secret");
            MsChapV2 peer = MsChapV2.of(asked);
            assertThat(reply.vendor(MsChapV2.MICROSOFT, MsChapV2.MS_CHAP2_SUCCESS))
                    .isEqualTo(peer.success(ntHash));
            assertThat(hidden(reply, asked, MppeKeys.MS_MPPE_SEND_KEY))
                    .isEqualTo(peer.mppeKeys(ntHash).send());
            assertThat(hidden(reply, asked, MppeKeys.MS_MPPE_RECV_KEY))
                    .isEqualTo(peer.mppeKeys(ntHash).receive());
        }
    }

    @Test
    void aWrongMsChapV2ResponseIsRefusedInItsOwnWords() {
        try (TestNas nas = connect(given())) {
            RadiusPacket reply = nas.ask(msChapV2(nas, "wrong")).orElseThrow();
            assertThat(reply.code()).isEqualTo(PacketCode.ACCESS_REJECT);
            assertThat(reply.vendor(MsChapV2.MICROSOFT, MppeKeys.MS_MPPE_SEND_KEY))
                    .isNull();
            String error =
                    new String(reply.vendor(MsChapV2.MICROSOFT, MsChapV2.MS_CHAP_ERROR), StandardCharsets.US_ASCII);
            assertThat(error).contains("E=691 R=0", " V=3 M=").doesNotContain("WRONG", "PASSWORD");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSuspendedSubscriberIsTreatedAsTheNasSays(DenialPolicy policy) {
        try (TestNas nas = connect(given().suspended(policy))) {
            byte[] request = nas.pap("policy-suspended", "late-payer", SUSPENDED_CIRCUIT);
            switch (policy) {
                case IGNORE -> assertSilent(nas, request, Outcome.SILENT);
                case REJECT -> assertThat(accepts(nas, request)).isFalse();
                case QUARANTINE -> {
                    RadiusPacket reply = nas.ask(request).orElseThrow();
                    assertThat(reply.code()).isEqualTo(PacketCode.ACCESS_ACCEPT);
                    assertThat(reply.text(FRAMED_POOL)).isEqualTo("quarantine");
                    assertThat(reply.has(FRAMED_IP_ADDRESS))
                            .as("an address of their own")
                            .isFalse();
                }
            }
        }
    }

    @Test
    void aSuspendedSubscriberIsNotWalledOffWithoutTheirPassword() {
        try (TestNas nas = connect(given().suspended(DenialPolicy.QUARANTINE))) {
            assertThat(accepts(nas, nas.pap("policy-suspended", "wrong", SUSPENDED_CIRCUIT)))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anotherLineIsGrantedQuarantinedOrRefusedAsThePolicySays(Option82Policy policy) {
        try (TestNas nas = connect(given().option82(policy))) {
            RadiusPacket reply = nas.ask(nas.pap("policy-clear", "clear-secret", "policy-olt eth 0/1:9"))
                    .orElseThrow();
            switch (policy) {
                case ENFORCE -> assertThat(reply.code()).isEqualTo(PacketCode.ACCESS_REJECT);
                case QUARANTINE -> assertThat(reply.text(FRAMED_POOL)).isEqualTo("quarantine");
                case LOG, IGNORE -> {
                    assertThat(reply.code()).isEqualTo(PacketCode.ACCESS_ACCEPT);
                    assertThat(reply.has(FRAMED_IP_ADDRESS)).isTrue();
                }
            }
        }
    }

    @Test
    void whoIsUnknownGetsSilenceWhereTheNasSaysSo() {
        try (TestNas nas = connect(given().unknown(DenialPolicy.IGNORE))) {
            assertSilent(nas, nas.pap("policy-nobody", "x", null), Outcome.SILENT);
        }
    }

    @Test
    void aPppRequestIsNeverAcceptedByItsLine() {
        try (TestNas nas = connect(given())) {
            byte[] ppp = nas.request(PacketCode.ACCESS_REQUEST, attributes -> {
                attributes.put(USER_NAME, ascii("policy-clear"));
                attributes.putInteger(FRAMED_PROTOCOL, 1);
                attributes.putVendor(ADSL_FORUM, 1, ascii(CIRCUIT));
            });
            assertThat(accepts(nas, ppp)).isFalse();
            assertThat(accepts(nas, byLine(nas))).isTrue();
        }
    }

    @Test
    void anUntrustedNasIsNotBelievedItsLines() {
        try (TestNas nas = connect(given().untrusted())) {
            assertThat(accepts(nas, byLine(nas))).isFalse();
        }
    }

    private static GivenNas given() {
        return new GivenNas("127.0.9." + ADDRESS.incrementAndGet());
    }

    /** @return its id */
    private long create(GivenNas given) {
        long tenant = jdbc.queryForObject("select id from tenant where name = 'default'", Long.class);
        long id = nasClients.create(given.of(tenant), Actor.named("test"));
        feed.refreshDirectoryNow();
        return id;
    }

    private TestNas connect(GivenNas given) {
        create(given);
        return new TestNas(given.address(), port, GivenNas.SECRET);
    }

    private static boolean accepts(TestNas nas, byte[] request) {
        return nas.ask(request).orElseThrow().code() == PacketCode.ACCESS_ACCEPT;
    }

    /** Nothing came, and for this reason: a reject would have come at once. */
    private void assertSilent(TestNas nas, byte[] request, Outcome reason) {
        long before = counters.value(reason);
        assertThat(nas.ask(request, A_MOMENT)).isEmpty();
        assertThat(counters.value(reason)).as(reason.name()).isEqualTo(before + 1);
    }

    private static byte[] unsigned(TestNas nas) {
        return TestNas.unsigned(nas.pap("policy-clear", "clear-secret", CIRCUIT));
    }

    private static byte[] byLine(TestNas nas) {
        return nas.request(
                PacketCode.ACCESS_REQUEST, attributes -> attributes.putVendor(ADSL_FORUM, 1, ascii(CIRCUIT)));
    }

    private static byte[] chap(TestNas nas, String userName, String password, String circuitId) {
        return proven(
                nas,
                userName,
                circuitId,
                attributes -> attributes.put(
                        AttributeType.CHAP_PASSWORD,
                        ChapPassword.value(1, ascii(password), attributes.requestAuthenticator())));
    }

    private static byte[] msChapV2(TestNas nas, String password) {
        byte[] challenge = new byte[16];
        byte[] peerChallenge = new byte[16];
        Arrays.fill(challenge, (byte) 7);
        Arrays.fill(peerChallenge, (byte) 9);
        return proven(nas, "policy-clear", CIRCUIT, attributes -> {
            attributes.putVendor(MsChapV2.MICROSOFT, MsChapV2.MS_CHAP_CHALLENGE, challenge);
            attributes.putVendor(
                    MsChapV2.MICROSOFT,
                    MsChapV2.MS_CHAP2_RESPONSE,
                    MsChapPeer.response(1, "policy-clear", challenge, peerChallenge, password));
        });
    }

    private static byte[] proven(TestNas nas, String userName, String circuitId, Consumer<AttributeWriter> proof) {
        return nas.request(PacketCode.ACCESS_REQUEST, attributes -> {
            attributes.put(USER_NAME, ascii(userName));
            attributes.putVendor(ADSL_FORUM, 1, ascii(circuitId));
            proof.accept(attributes);
        });
    }

    private static byte[] hidden(RadiusPacket reply, RadiusPacket request, int type) {
        return TunnelPassword.decrypt(
                ascii(GivenNas.SECRET), request.authenticator(), reply.vendor(MsChapV2.MICROSOFT, type));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
