package io.patchbay.radius.coa;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.lab.RadSecPeer;
import io.patchbay.lab.TestCertificates;
import io.patchbay.lab.TestCertificates.Issued;
import io.patchbay.radius.AttributeType;
import io.patchbay.radius.Authenticators;
import io.patchbay.radius.Decoded;
import io.patchbay.radius.PacketCode;
import io.patchbay.radius.RadiusPacket;
import io.patchbay.radius.ReplyBuilder;
import io.patchbay.radius.SharedSecret;
import io.patchbay.radius.tls.TlsContexts;
import io.patchbay.radius.tls.TlsFiles;
import io.patchbay.wire.Octets;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CoA over TLS against a NAS that listens for it: believed by its certificate, asked over one connection. */
class CoaTlsClientTest {
    private static final String NAME = "bng.coa.test";
    private static final int ERROR_CAUSE = 101;

    private final TestCertificates authority = new TestCertificates("authority");
    private final AtomicInteger connections = new AtomicInteger();

    @TempDir
    private Path folder;

    private TlsContexts tls;
    private CoaTlsClient client;
    private ServerSocket nas;

    @BeforeEach
    void client() {
        Issued hub = authority.issue("hub", "hub.coa.test");
        tls = new TlsContexts(
                new TlsFiles(
                        hub.writeCertificate(folder.resolve("hub.pem")),
                        hub.writeKey(folder.resolve("hub.key")),
                        authority.writeAuthority(folder.resolve("trusted.pem"))),
                Duration.ofSeconds(10));
        client = client(Duration.ofSeconds(10));
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        if (nas != null) {
            nas.close();
        }
    }

    @Test
    void aRequestIsSignedWithRadsecWhateverItsSecretAndAcknowledged() throws Exception {
        List<RadiusPacket> received = new ArrayList<>();
        listen(NAME, request -> {
            received.add(request);
            return reply(PacketCode.DISCONNECT_ACK, request, 0);
        });
        CoaResult result = send(CoaRequest.Kind.DISCONNECT, "a-session");
        assertThat(result.outcome()).isEqualTo(new CoaOutcome.Ack());
        assertThat(result.attempts())
                .singleElement()
                .extracting(Attempt::roundTrip)
                .isNotNull();
        RadiusPacket request = received.getFirst();
        assertThat(request.code()).isEqualTo(PacketCode.DISCONNECT_REQUEST);
        assertThat(request.text(44)).isEqualTo("a-session");
        assertThat(Authenticators.hasRightRequestAuthenticator(request, RadSecPeer.SECRET))
                .isTrue();
        assertThat(Authenticators.hasRightMessageAuthenticator(request, RadSecPeer.SECRET))
                .isTrue();
    }

    @Test
    void aRefusalTellsItsErrorCause() throws Exception {
        listen(NAME, request -> reply(PacketCode.COA_NAK, request, 503));
        assertThat(send(CoaRequest.Kind.CHANGE, "s").outcome()).isEqualTo(new CoaOutcome.Nak(503));
    }

    @Test
    void manyRequestsShareOneConnectionMoreThanThereAreIdentifiersToo() throws Exception {
        listen(NAME, request -> reply(PacketCode.COA_ACK, request, 0));
        List<CompletableFuture<CoaResult>> results = new ArrayList<>();
        for (int number = 0; number < 600; number++) {
            results.add(client.send(request(CoaRequest.Kind.CHANGE, "s" + number)));
        }
        for (CompletableFuture<CoaResult> result : results) {
            assertThat(result.get(30, TimeUnit.SECONDS).outcome()).isEqualTo(new CoaOutcome.Ack());
        }
        assertThat(connections).hasValue(1);
    }

    @Test
    void anotherNasUnderTheAddressIsAskedNothing() throws Exception {
        List<RadiusPacket> received = new ArrayList<>();
        listen("other.coa.test", request -> {
            received.add(request);
            return null;
        });
        assertUnsendable(send(CoaRequest.Kind.CHANGE, "s"), "the certificate there names [other.coa.test]");
        assertThat(received).isEmpty();
    }

    @Test
    void aNasOfAnotherAuthorityIsAskedNothing() throws Exception {
        Issued forged = new TestCertificates("another").issue(NAME, NAME);
        listen(forged, request -> reply(PacketCode.COA_ACK, request, 0));
        assertUnsendable(send(CoaRequest.Kind.CHANGE, "s"), "failed in its handshake");
    }

    @Test
    void nobodyListening() throws Exception {
        nas = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        nas.close();
        assertUnsendable(send(CoaRequest.Kind.CHANGE, "s"), "could not be made");
    }

    @Test
    void aNameWithoutAddress() throws Exception {
        CoaRequest request = new CoaRequest(
                CoaRequest.Kind.CHANGE,
                NAME,
                InetSocketAddress.createUnresolved("no-such-host.invalid", 2083),
                RadSecPeer.SECRET,
                attributes -> {});
        assertUnsendable(client.send(request).get(30, TimeUnit.SECONDS), "could not be made");
    }

    @Test
    void whoNeverAnswersAndWhoseAnswerIsForged() throws Exception {
        client.close();
        client = client(Duration.ofMillis(500));
        listen(NAME, request -> {
            byte[] forged = reply(PacketCode.COA_ACK, request, 0);
            forged[10] ^= 1;
            return forged;
        });
        assertThat(send(CoaRequest.Kind.CHANGE, "s").outcome()).isEqualTo(new CoaOutcome.NoAnswer());
    }

    @Test
    void aConnectionThatBreaksEndsItsRequestsAndTheNextMakesANewOne() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        listen(NAME, request -> {
            if (asked.incrementAndGet() == 1) {
                throw new IOException("the NAS restarts");
            }
            return reply(PacketCode.COA_ACK, request, 0);
        });
        assertThat(send(CoaRequest.Kind.CHANGE, "s").outcome()).isEqualTo(new CoaOutcome.NoAnswer());
        assertThat(send(CoaRequest.Kind.CHANGE, "s").outcome()).isEqualTo(new CoaOutcome.Ack());
        assertThat(connections).hasValue(2);
    }

    private interface Answering {
        /** @return null for no reply */
        byte[] answer(RadiusPacket request) throws IOException;
    }

    private void listen(String name, Answering answering) throws IOException {
        listen(authority.issue(name, name), answering);
    }

    private void listen(Issued certificate, Answering answering) throws IOException {
        SSLServerSocket listening = (SSLServerSocket) authority
                .client(certificate)
                .getServerSocketFactory()
                .createServerSocket(0, 10, InetAddress.getLoopbackAddress());
        listening.setNeedClientAuth(true);
        nas = listening;
        Thread.ofPlatform().daemon().start(() -> {
            while (!listening.isClosed()) {
                try (Socket socket = listening.accept()) {
                    connections.incrementAndGet();
                    serve(socket, answering);
                } catch (IOException over) {
                    // the next connection
                }
            }
        });
    }

    private static void serve(Socket socket, Answering answering) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        while (true) {
            byte[] header = in.readNBytes(4);
            if (header.length < 4) {
                return;
            }
            byte[] packet = Arrays.copyOf(header, (header[2] & 0xff) << 8 | header[3] & 0xff);
            in.readFully(packet, 4, packet.length - 4);
            byte[] reply = answering.answer(((Decoded.Ok) RadiusPacket.decode(packet, 0, packet.length)).packet());
            if (reply != null) {
                socket.getOutputStream().write(reply);
            }
        }
    }

    private static byte[] reply(int code, RadiusPacket request, int errorCause) {
        ReplyBuilder reply = new ReplyBuilder(code, request, RadSecPeer.SECRET);
        if (errorCause != 0) {
            reply.attributes().putInteger(ERROR_CAUSE, errorCause);
        }
        assertThat(request.has(AttributeType.MESSAGE_AUTHENTICATOR)).isTrue();
        return reply.finish();
    }

    private CoaTlsClient client(Duration answerTime) {
        return new CoaTlsClient(
                new CoaTlsSettings(Duration.ofSeconds(10), answerTime, Duration.ofMinutes(1), 1_000),
                tls::client,
                reason -> {});
    }

    private CoaResult send(CoaRequest.Kind kind, String sessionId) throws Exception {
        return client.send(request(kind, sessionId)).get(30, TimeUnit.SECONDS);
    }

    private CoaRequest request(CoaRequest.Kind kind, String sessionId) {
        return new CoaRequest(
                kind,
                NAME,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), nas.getLocalPort()),
                new SharedSecret(Octets.ofText("not-this-one")),
                attributes -> attributes.put(44, sessionId.getBytes(StandardCharsets.UTF_8)));
    }

    private static void assertUnsendable(CoaResult result, String because) {
        assertThat(result.outcome())
                .isInstanceOfSatisfying(CoaOutcome.Unsendable.class, unsendable -> assertThat(unsendable.reason())
                        .contains(because));
    }
}
