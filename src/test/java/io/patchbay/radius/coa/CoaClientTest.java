package io.patchbay.radius.coa;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.lab.NasSimulator;
import io.patchbay.radius.PacketCode;
import io.patchbay.radius.RadiusPacket;
import io.patchbay.radius.SharedSecret;
import io.patchbay.wire.Octets;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CoaClientTest {
    private static final String SECRET = "between us";
    private static final Duration[] QUICK = {Duration.ofMillis(150), Duration.ofMillis(200), Duration.ofMillis(300)};

    private final Map<DroppedReply, Integer> dropped = new EnumMap<>(DroppedReply.class);
    private final NasSimulator nas = new NasSimulator("127.0.0.1", SECRET).session("s1");
    private CoaClient client = client(2, 10, QUICK);

    private CoaClient client(int sockets, int waiting, Duration... waits) {
        InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return new CoaClient(
                new CoaClientSettings(loopback, sockets, waiting, List.of(waits), 0),
                reason -> dropped.merge(reason, 1, Integer::sum));
    }

    @AfterEach
    void close() {
        client.close();
        nas.close();
    }

    @Test
    void aRequestIsSignedFirstStampedAndAnswered() {
        CoaResult result = send(CoaRequest.Kind.CHANGE, "s1");

        assertThat(result.outcome()).isEqualTo(new CoaOutcome.Ack());
        assertThat(result.attempts()).singleElement().satisfies(attempt -> {
            assertThat(attempt.number()).isEqualTo(1);
            assertThat(attempt.to()).isEqualTo(nas.address());
            assertThat(attempt.roundTrip()).isPositive().isLessThan(Duration.ofSeconds(5));
        });
        RadiusPacket request = nas.received().getFirst();
        assertThat(request.code()).isEqualTo(PacketCode.COA_REQUEST);
        assertThat(NasSimulator.beginsSigned(request)).isTrue();
        long stamp = request.integer(55, 0);
        assertThat(Math.abs(Instant.now().getEpochSecond() - stamp)).isLessThan(10);
    }

    @Test
    void whatIsNotAnsweredIsSentAgainByteForByte() {
        nas.loseRequests(1);
        CoaResult result = send(CoaRequest.Kind.CHANGE, "s1");

        assertThat(result.outcome()).isEqualTo(new CoaOutcome.Ack());
        assertThat(result.attempts()).hasSize(2);
        assertThat(result.attempts().getFirst().roundTrip()).isNull();
        assertThat(result.attempts().getLast().roundTrip()).isPositive();
        assertThat(nas.received()).hasSize(2);
        assertThat(nas.received().get(1).bytes())
                .isEqualTo(nas.received().get(0).bytes());
    }

    @Test
    void aLostReplyIsAskedForAgain() {
        nas.loseReplies(2);
        CoaResult result = send(CoaRequest.Kind.CHANGE, "s1");

        assertThat(result.outcome()).isEqualTo(new CoaOutcome.Ack());
        assertThat(result.attempts()).hasSize(3);
    }

    @Test
    void aSecondReplyIsDroppedAndCounted() {
        nas.answerTwice();
        assertThat(send(CoaRequest.Kind.DISCONNECT, "s1").outcome()).isEqualTo(new CoaOutcome.Ack());
        Awaitility.await().untilAsserted(() -> assertThat(dropped).containsEntry(DroppedReply.UNEXPECTED, 1));
    }

    @Test
    void aForgedReplyIsDroppedAndTheTrueOneCounts() {
        nas.forge();
        assertThat(send(CoaRequest.Kind.CHANGE, "s1").outcome()).isEqualTo(new CoaOutcome.Ack());
        assertThat(dropped).containsEntry(DroppedReply.FORGED, 1);
    }

    @Test
    void aRefusalSaysItsCause() {
        nas.refuse(PacketCode.COA_REQUEST, 401);
        CoaOutcome.Nak named =
                (CoaOutcome.Nak) send(CoaRequest.Kind.CHANGE, "s1").outcome();
        assertThat(named.cause()).isEqualTo("401 Unsupported-Attribute");

        nas.refuse(PacketCode.COA_REQUEST, 0);
        CoaOutcome.Nak mute =
                (CoaOutcome.Nak) send(CoaRequest.Kind.CHANGE, "s1").outcome();
        assertThat(mute.errorCause()).isZero();
        assertThat(mute.cause()).isEqualTo("no Error-Cause");

        CoaOutcome.Nak gone =
                (CoaOutcome.Nak) send(CoaRequest.Kind.DISCONNECT, "unheard of").outcome();
        assertThat(gone.errorCause()).isEqualTo(ErrorCause.SESSION_CONTEXT_NOT_FOUND);
    }

    @Test
    void aNasThatNeverAnswersIsGivenUp() {
        nas.silent(true);
        CoaResult result = send(CoaRequest.Kind.CHANGE, "s1");

        assertThat(result.outcome()).isEqualTo(new CoaOutcome.NoAnswer());
        assertThat(result.attempts()).hasSize(3).allMatch(attempt -> attempt.roundTrip() == null);
        List<Attempt> attempts = result.attempts();
        assertThat(Duration.between(attempts.get(0).sentAt(), attempts.get(1).sentAt()))
                .isGreaterThan(Duration.ofMillis(100));
        assertThat(Duration.between(attempts.get(1).sentAt(), attempts.get(2).sentAt()))
                .isGreaterThan(Duration.ofMillis(150));
    }

    @Test
    void anotherSecretIsNeverAnswered() {
        SharedSecret wrong = new SharedSecret(Octets.ofText("not the NAS's"));
        CoaResult result = client.send(new CoaRequest(
                        CoaRequest.Kind.CHANGE, "nas", nas.address(), wrong, out -> out.put(44, bytes("s1"))))
                .join();
        assertThat(result.outcome()).isEqualTo(new CoaOutcome.NoAnswer());
        assertThat(nas.notOurs()).isEqualTo(3);
    }

    @Test
    void twoThousandAreOutstandingAtOnce() {
        client.close();
        client = client(8, 10, Duration.ofSeconds(10));
        nas.delay(700);
        List<CompletableFuture<CoaResult>> all = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            nas.session("many-" + i);
            all.add(client.send(request(CoaRequest.Kind.CHANGE, "many-" + i)));
        }
        assertThat(all)
                .allSatisfy(one ->
                        assertThat(one.get(20, TimeUnit.SECONDS).outcome()).isEqualTo(new CoaOutcome.Ack()));
        assertThat(nas.received()).hasSize(2000);
        assertThat(nas.received().stream().map(RadiusPacket::identifier).distinct())
                .hasSize(256);
        List<String> distinct = nas.received().stream()
                .map(packet -> Arrays.toString(packet.authenticator()))
                .distinct()
                .toList();
        assertThat(distinct).hasSize(2000);
    }

    @Test
    void whoFindsNoIdentifierWaitsAndOneTooManyIsToldSo() {
        client.close();
        Duration[] often = new Duration[40];
        Arrays.fill(often, Duration.ofMillis(500));
        client = client(1, 4, often);
        nas.silent(true);
        List<CompletableFuture<CoaResult>> all = new ArrayList<>();
        for (int i = 0; i < CoaPeer.IDENTIFIERS + 5; i++) {
            all.add(client.send(request(CoaRequest.Kind.CHANGE, "s1")));
        }
        assertThat(all.removeLast().join().outcome())
                .isInstanceOfSatisfying(CoaOutcome.Unsendable.class, tooMany -> assertThat(tooMany.reason())
                        .contains("patchbay.coa.waiting-per-nas"));
        assertThat(all).noneMatch(CompletableFuture::isDone);
        nas.silent(false);
        assertThat(all)
                .allSatisfy(one ->
                        assertThat(one.get(20, TimeUnit.SECONDS).outcome()).isEqualTo(new CoaOutcome.Ack()));
    }

    @Test
    void closingTellsWhoWaits() {
        nas.silent(true);
        CompletableFuture<CoaResult> waiting = client.send(request(CoaRequest.Kind.CHANGE, "s1"));
        Awaitility.await().until(() -> nas.received().size() == 1);
        client.close();
        assertThat(waiting.join().outcome()).isInstanceOf(CoaOutcome.Unsendable.class);
        assertThat(waiting.join().attempts()).hasSize(1);
        assertThat(send(CoaRequest.Kind.CHANGE, "s1").outcome()).isInstanceOf(CoaOutcome.Unsendable.class);
    }

    @Test
    void whatDoesNotFitIsNotSent() {
        CoaResult result = client.send(new CoaRequest(
                        CoaRequest.Kind.CHANGE,
                        "nas",
                        nas.address(),
                        new SharedSecret(Octets.ofText(SECRET)),
                        out -> out.put(1, new byte[254])))
                .join();
        assertThat(result.outcome()).isInstanceOf(CoaOutcome.Unsendable.class);
        assertThat(result.attempts()).isEmpty();
        assertThat(send(CoaRequest.Kind.CHANGE, "s1").outcome()).isEqualTo(new CoaOutcome.Ack());
    }

    private CoaResult send(CoaRequest.Kind kind, String session) {
        return client.send(request(kind, session)).join();
    }

    private CoaRequest request(CoaRequest.Kind kind, String session) {
        return new CoaRequest(
                kind,
                "nas",
                nas.address(),
                new SharedSecret(Octets.ofText(SECRET)),
                out -> out.put(44, bytes(session)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
