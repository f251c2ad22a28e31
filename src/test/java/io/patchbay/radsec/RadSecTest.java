package io.patchbay.radsec;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.HubTest;
import io.patchbay.binding.ChangeFeed;
import io.patchbay.event.Actor;
import io.patchbay.lab.GivenNas;
import io.patchbay.lab.RadSecPeer;
import io.patchbay.lab.TestCertificates;
import io.patchbay.lab.TestCertificates.Issued;
import io.patchbay.lab.TestNas;
import io.patchbay.ledger.NasClients;
import io.patchbay.ledger.SubscriberImport;
import io.patchbay.radius.AttributeType;
import io.patchbay.radius.PacketCode;
import io.patchbay.radius.RadiusPacket;
import io.patchbay.radius.coa.CoaTransport;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.apache.camel.CamelContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.JdbcTemplate;

/** RADIUS over TLS against the whole hub: who may come in, what is answered, and who is cut off. */
@HubTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RadSecTest {
    private static final Duration AT_ONCE = Duration.ofSeconds(5);
    private static final Duration IN_TIME = Duration.ofSeconds(15);
    private static final AtomicInteger NUMBER = new AtomicInteger();

    @Value("${patchbay.radsec.port}")
    private int port;

    @Value("${patchbay.radsec.max-connections}")
    private int maxConnections;

    @Value("${patchbay.radsec.max-connections-per-nas}")
    private int maxConnectionsPerNas;

    @Autowired
    private RadSecConnections connections;

    @Autowired
    private List<CoaTransport> coaTransports;

    @Autowired
    private SubscriberImport subscriberImport;

    @Autowired
    private NasClients nasClients;

    @Autowired
    private ChangeFeed feed;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private CamelContext camel;

    /** Makes requests under the secret of RadSec; its socket stays unused. */
    private final TestNas requests = new TestNas("127.0.0.1", 9, "radsec");

    @BeforeAll
    void population() {
        String csv = """
                username,password,circuit_id,s_vlan,ipv4
                radsec-alice,alice-secret,radsec-olt eth 0/1:1,400,198.18.60.1
                """;
        assertThat(subscriberImport
                        .run(new StringReader(csv), Actor.named("test"), "default")
                        .rejected())
                .isEmpty();
        feed.catchUp();
    }

    @AfterEach
    void everyConnectionIsGivenBack() {
        Awaitility.await().atMost(IN_TIME).until(() -> connections.open() == 0);
    }

    @Test
    void requestsOfOneConnectionAreAnsweredEachByItsIdentifier() throws Exception {
        try (RadSecPeer peer = connect(nas())) {
            byte[] right = requests.pap("radsec-alice", "alice-secret", "radsec-olt eth 0/1:1");
            byte[] wrong = requests.pap("radsec-alice", "guess", "radsec-olt eth 0/1:1");
            byte[] alive = requests.request(PacketCode.STATUS_SERVER, attributes -> {});
            peer.send(right, wrong, alive);
            assertThat(peer.await(alive).code()).isEqualTo(PacketCode.ACCESS_ACCEPT);
            assertThat(peer.await(wrong).code()).isEqualTo(PacketCode.ACCESS_REJECT);
            RadiusPacket accept = peer.await(right);
            assertThat(accept.code()).isEqualTo(PacketCode.ACCESS_ACCEPT);
            assertThat(accept.has(AttributeType.MESSAGE_AUTHENTICATOR)).isTrue();
        }
    }

    @Test
    void accountingOfTheSameConnectionIsAcknowledgedWhenItIsStored() throws Exception {
        String sessionId = "radsec-" + System.nanoTime();
        try (RadSecPeer peer = connect(nas())) {
            assertAnswers(peer);
            byte[] start = requests.request(PacketCode.ACCOUNTING_REQUEST, attributes -> {
                attributes.put(1, "radsec-alice".getBytes(StandardCharsets.US_ASCII));
                attributes.putInteger(40, 1);
                attributes.put(44, sessionId.getBytes(StandardCharsets.US_ASCII));
            });
            assertThat(peer.ask(start).code()).isEqualTo(PacketCode.ACCOUNTING_RESPONSE);
        }
        assertThat(jdbc.queryForObject(
                        "select count(*) from session where acct_session_id = ?",
                        Long.class,
                        sessionId.getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(1);
    }

    @Test
    void convergenceFindsCoaOverTlsBesideUdp() {
        assertThat(coaTransports).extracting(CoaTransport::name).containsExactlyInAnyOrder("udp", "radsec");
    }

    @Test
    void aRequestNeedsNoMessageAuthenticatorButAWrongOneIsNotBelieved() throws Exception {
        try (RadSecPeer peer = connect(nas())) {
            byte[] request = requests.pap("radsec-alice", "alice-secret", "radsec-olt eth 0/1:1");
            byte[] forged = request.clone();
            forged[TestNas.BEHIND_THE_SIGNATURE - 1] ^= 1;
            byte[] unsigned = TestNas.unsigned(requests.pap("radsec-alice", "alice-secret", "radsec-olt eth 0/1:1"));
            peer.send(forged, unsigned);
            assertThat(peer.await(unsigned).code()).isEqualTo(PacketCode.ACCESS_ACCEPT);
            assertThat(peer.ask(request).code()).isEqualTo(PacketCode.ACCESS_ACCEPT);
        }
    }

    @Test
    void tls12IsTakenToo() throws Exception {
        Issued nas = nas();
        try (RadSecPeer peer = new RadSecPeer(port, TestCertificates.HUBS.client(nas), "TLSv1.2")) {
            assertAnswers(peer);
        }
    }

    @Test
    void theCommonNameCountsWhereThereAreNoDnsNamesAndOnlyThere() throws Exception {
        String name = register();
        Issued byCommonName = TestCertificates.HUBS.issue(name);
        try (RadSecPeer peer = connect(byCommonName)) {
            assertAnswers(peer);
        }
        assertRefused(
                TestCertificates.HUBS.client(TestCertificates.HUBS.issue(name, "other.test")), Cut.UNKNOWN_CERTIFICATE);
    }

    @Test
    void aCertificateThatNoNasBearsIsRefused() {
        assertRefused(
                TestCertificates.HUBS.client(TestCertificates.HUBS.issue("stranger", "stranger.test")),
                Cut.UNKNOWN_CERTIFICATE);
    }

    @Test
    void aCertificateOfAnotherAuthorityIsRefused() {
        String name = register();
        Issued forged = new TestCertificates("Another authority").issue(name, name);
        assertRefused(TestCertificates.HUBS.client(forged), Cut.HANDSHAKE);
    }

    @Test
    void noCertificateIsRefused() {
        assertRefused(TestCertificates.HUBS.client(null), Cut.HANDSHAKE);
    }

    @Test
    void anExpiredCertificateIsRefused() {
        String name = register();
        Issued expired = TestCertificates.HUBS.issue(name, Instant.now().minusSeconds(60), name);
        assertRefused(TestCertificates.HUBS.client(expired), Cut.HANDSHAKE);
    }

    /** As bytes: today's clients do not even offer it. */
    @Test
    void tls11IsRefused() throws Exception {
        long before = connections.counted(Cut.HANDSHAKE);
        String hello = "0302" + "00".repeat(32) + "00" + "0004c013002f" + "0100";
        String handshake = "01" + length(hello, 3) + hello;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) IN_TIME.toMillis());
            socket.getOutputStream().write(HexFormat.of().parseHex("160301" + length(handshake, 2) + handshake));
            byte[] alert = socket.getInputStream().readNBytes(7);
            assertThat(alert[0]).as("alert").isEqualTo((byte) 21);
            assertThat(alert[6]).as("protocol_version").isEqualTo((byte) 70);
        }
        Awaitility.await().until(() -> connections.counted(Cut.HANDSHAKE) > before);
    }

    @Test
    void whoNeverShakesHandsIsCutOff() throws Exception {
        long before = connections.counted(Cut.HANDSHAKE);
        try (Socket silent = new Socket(InetAddress.getLoopbackAddress(), port)) {
            assertThat(isCut(silent, IN_TIME)).isTrue();
        }
        assertThat(connections.counted(Cut.HANDSHAKE)).isGreaterThan(before);
    }

    @Test
    void aPacketThatDoesNotEndCutsItsSenderOff() throws Exception {
        long before = connections.counted(Cut.SLOW_PACKET);
        try (RadSecPeer peer = connect(nas())) {
            assertAnswers(peer);
            peer.send(new byte[] {1, 0, 0});
            assertThat(peer.isCutWithin(IN_TIME)).isTrue();
        }
        assertThat(connections.counted(Cut.SLOW_PACKET)).isEqualTo(before + 1);
    }

    @Test
    void aLengthThatNoPacketHasCutsItsSenderOff() throws Exception {
        long before = connections.counted(Cut.MALFORMED);
        for (String garbage : List.of("01000013", "01001001", "474554202f20485454502f312e310d0a")) {
            try (RadSecPeer peer = connect(nas())) {
                peer.send(HexFormat.of().parseHex(garbage));
                assertThat(peer.isCutWithin(AT_ONCE)).as(garbage).isTrue();
            }
        }
        assertThat(connections.counted(Cut.MALFORMED)).isEqualTo(before + 3);
    }

    @Test
    void aNasThatIsTakenAwayIsCutOffAtItsNextPacket() throws Exception {
        String name = register();
        long before = connections.counted(Cut.UNKNOWN_CERTIFICATE);
        try (RadSecPeer peer = connect(TestCertificates.HUBS.issue(name, name))) {
            assertAnswers(peer);
            jdbc.update("update nas_client set radsec_name = null where radsec_name = ?", name);
            feed.refreshDirectoryNow();
            peer.send(requests.request(PacketCode.STATUS_SERVER, attributes -> {}));
            assertThat(peer.isCutWithin(AT_ONCE)).isTrue();
        }
        assertThat(connections.counted(Cut.UNKNOWN_CERTIFICATE)).isEqualTo(before + 1);
    }

    @Test
    void connectionsOfOneNasAreBounded() throws Exception {
        Issued nas = nas();
        List<RadSecPeer> peers = new ArrayList<>();
        try {
            for (int number = 0; number < maxConnectionsPerNas; number++) {
                peers.add(connect(nas));
                assertAnswers(peers.getLast());
            }
            assertRefused(TestCertificates.HUBS.client(nas), Cut.TOO_MANY_OF_NAS);
            assertAnswers(peers.getFirst());
        } finally {
            peers.forEach(RadSecPeer::close);
        }
        Awaitility.await().until(() -> connections.open() == 0);
        try (RadSecPeer again = connect(nas)) {
            assertAnswers(again);
        }
    }

    @Test
    void connectionsAreBoundedInAll() throws Exception {
        Issued nas = nas();
        long before = connections.counted(Cut.TOO_MANY);
        List<Socket> sockets = new ArrayList<>();
        try (RadSecPeer peer = connect(nas)) {
            for (int number = 1; number < maxConnections; number++) {
                sockets.add(new Socket(InetAddress.getLoopbackAddress(), port));
            }
            Awaitility.await().until(() -> connections.open() == maxConnections);
            try (Socket surplus = new Socket(InetAddress.getLoopbackAddress(), port)) {
                assertThat(isCut(surplus, AT_ONCE)).isTrue();
            }
            assertThat(connections.counted(Cut.TOO_MANY)).isEqualTo(before + 1);
            assertAnswers(peer);
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    @Test
    void moreThanTheIdentifiersOfAConnectionAreNeverBeingAnsweredAtOnce() throws Exception {
        String name = register(2_000);
        int count = 400;
        try (RadSecPeer peer = connect(TestCertificates.HUBS.issue(name, name))) {
            byte[][] rejects = new byte[count][];
            for (int number = 0; number < count; number++) {
                rejects[number] = requests.pap("nobody", "x", null);
            }
            peer.send(rejects);
            Awaitility.await().until(() -> camel.getInflightRepository().size("radsec") == 256);
            Awaitility.await()
                    .during(Duration.ofMillis(300))
                    .until(() -> camel.getInflightRepository().size("radsec") <= 256);
            for (int number = 0; number < count; number++) {
                if (number < 256) {
                    assertThat(peer.await(rejects[number]).code()).isEqualTo(PacketCode.ACCESS_REJECT);
                }
            }
            for (int number = 256; number < count; number++) {
                assertThat(peer.await(rejects[number]).code()).isEqualTo(PacketCode.ACCESS_REJECT);
            }
        }
    }

    @Test
    void whoDoesNotReadHisRepliesIsCutOff() throws Exception {
        long before = connections.counted(Cut.SLOW_READER);
        byte[] filling = new byte[250];
        try (RadSecPeer peer = connect(nas())) {
            Thread asking = Thread.ofPlatform().daemon().start(() -> {
                try {
                    while (true) {
                        peer.send(requests.request(PacketCode.STATUS_SERVER, attributes -> {
                            for (int state = 0; state < 15; state++) {
                                attributes.put(AttributeType.PROXY_STATE, filling);
                            }
                        }));
                    }
                } catch (RuntimeException cutOff) {
                    // as it should be
                }
            });
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> connections.counted(Cut.SLOW_READER) == before + 1);
            peer.close();
            asking.join();
        }
    }

    private RadSecPeer connect(Issued nas) throws IOException {
        return new RadSecPeer(port, TestCertificates.HUBS.client(nas));
    }

    /** A NAS of the ledger and its certificate. */
    private Issued nas() {
        String name = register();
        return TestCertificates.HUBS.issue("a NAS", name.toUpperCase(java.util.Locale.ROOT));
    }

    private String register() {
        return register(0);
    }

    private String register(int rejectDelayMillis) {
        int number = NUMBER.incrementAndGet();
        String name = "nas" + number + ".radsec.test";
        long tenant = jdbc.queryForObject("select id from tenant where name = 'default'", Long.class);
        nasClients.create(
                new GivenNas("127.6.0." + number)
                        .radsecName(name)
                        .rejectDelayMillis(rejectDelayMillis)
                        .of(tenant),
                Actor.named("test"));
        feed.refreshDirectoryNow();
        return name;
    }

    private void assertAnswers(RadSecPeer peer) {
        byte[] alive = requests.request(PacketCode.STATUS_SERVER, attributes -> {});
        assertThat(peer.ask(alive).code()).isEqualTo(PacketCode.ACCESS_ACCEPT);
    }

    /** With TLS 1.3 a client learns only after the handshake that its certificate does not please. */
    private void assertRefused(SSLContext client, Cut cause) {
        long before = connections.counted(cause);
        try (RadSecPeer peer = new RadSecPeer(port, client)) {
            assertThat(peer.isCutWithin(AT_ONCE)).isTrue();
        } catch (IOException refused) {
            // within the handshake
        }
        Awaitility.await().until(() -> connections.counted(cause) == before + 1);
    }

    private static boolean isCut(Socket socket, Duration patience) throws IOException {
        socket.setSoTimeout((int) patience.toMillis());
        try {
            while (socket.getInputStream().read() >= 0) {
                continue;
            }
            return true;
        } catch (SocketTimeoutException open) {
            return false;
        } catch (SocketException reset) {
            return true;
        }
    }

    private static String length(String hex, int bytes) {
        return HexFormat.of().toHexDigits(hex.length() / 2, bytes * 2);
    }
}
