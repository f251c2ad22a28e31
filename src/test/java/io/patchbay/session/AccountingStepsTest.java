package io.patchbay.session;

import static io.patchbay.session.AccountingWorld.NOW;
import static io.patchbay.session.AccountingWorld.SECRET;
import static io.patchbay.session.AccountingWorld.SENDER;
import static io.patchbay.session.AccountingWorld.START;
import static io.patchbay.session.AccountingWorld.ascii;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.patchbay.commit.CommitListener.Reason;
import io.patchbay.commit.Committable.Urgency;
import io.patchbay.ledger.NasObservations;
import io.patchbay.radius.AttributeType;
import io.patchbay.radius.AttributeWriter;
import io.patchbay.radius.Authenticators;
import io.patchbay.radius.DuplicateCache;
import io.patchbay.radius.PacketCode;
import io.patchbay.radius.Packets;
import io.patchbay.radius.RadiusPacket;
import io.patchbay.radius.RequestBuilder;
import io.patchbay.radius.SharedSecret;
import io.patchbay.radius.netty.RadiusReply;
import io.patchbay.request.ClientSecrets;
import io.patchbay.request.RequestEnd;
import io.patchbay.request.Step;
import io.patchbay.session.AccountingCounters.Outcome;
import io.patchbay.wire.Octets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

/** The steps of the accounting route but for the commit, each on what the one before it left. */
class AccountingStepsTest {
    private final AccountingWorld world = new AccountingWorld();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AccountingCounters counters = new AccountingCounters(registry);
    private final DuplicateCache duplicates =
            new DuplicateCache(512, Duration.ofSeconds(5), Duration.ofSeconds(10), System::nanoTime);
    private final RequestEnd<Outcome> end = new RequestEnd<>(duplicates, counters::count);
    private final AbandonAccounting abandon = new AbandonAccounting(end);
    private final AuthenticateAccounting authenticate =
            new AuthenticateAccounting(new ClientSecrets(), new NasObservations(null, InstantSource.system()), end);
    private final ReadRecord read = new ReadRecord(world.reader, new ClockOffsets(registry), end);
    private final Acknowledge acknowledge = new Acknowledge(duplicates, counters);
    private final DefaultCamelContext camel = new DefaultCamelContext();

    @Test
    void aStartIsReadAndAcknowledged() {
        byte[] datagram = start(1);
        Exchange exchange = arrived(datagram);
        run(exchange);

        AccountingRequest request = AccountingRequest.of(exchange);
        assertThat(request.record().kind()).isEqualTo(AccountingRecord.Kind.START);
        assertThat(request.urgency()).isEqualTo(Urgency.FIRST);
        assertThat(request.source()).isEqualTo(world.nas.id());

        new Step(acknowledge, abandon::abandon).process(exchange);
        RadiusPacket reply = reply(exchange);
        assertThat(reply.code()).isEqualTo(PacketCode.ACCOUNTING_RESPONSE);
        assertThat(Authenticators.hasRightResponseAuthenticator(
                        reply, Packets.decoded(datagram).authenticator(), SECRET))
                .isTrue();
        assertThat(counters.value(Outcome.ACKNOWLEDGED)).isEqualTo(1);
        assertThat(counters.records(AccountingRecord.Kind.START)).isEqualTo(1);
    }

    @Test
    void proxyStatesComeBackInOrder() {
        Exchange exchange = arrived(request(1, attributes -> {
            start(attributes);
            attributes.put(AttributeType.PROXY_STATE, new byte[] {1});
            attributes.put(AttributeType.PROXY_STATE, new byte[] {2, 3});
        }));
        run(exchange);
        acknowledge.process(exchange);

        assertThat(reply(exchange).values(AttributeType.PROXY_STATE))
                .containsExactly(new byte[] {1}, new byte[] {2, 3});
    }

    @Test
    void whatIsBeingStoredIsNotStoredTwice() {
        byte[] datagram = start(1);
        Exchange first = arrived(datagram);
        run(first);
        Exchange twin = arrived(datagram);
        run(twin);
        assertEnded(twin, Outcome.DUPLICATE);

        acknowledge.process(first);
        Exchange late = arrived(datagram);
        run(late);
        assertThat(reply(late).bytes()).isEqualTo(reply(first).bytes());
        assertThat(counters.value(Outcome.REPEATED)).isEqualTo(1);
    }

    @Test
    void whatWasNotStoredMayComeAgainAtOnce() {
        byte[] datagram = start(1);
        Exchange first = arrived(datagram);
        run(first);
        NotStored notStored = new NotStored(duplicates, counters);
        notStored.notCommitted(AccountingRequest.of(first), Reason.TOO_OLD);

        Exchange again = arrived(datagram);
        run(again);
        assertThat(AccountingRequest.of(again).record()).isNotNull();
        notStored.notCommitted(AccountingRequest.of(again), Reason.JOURNAL_FULL);
        assertThat(counters.value(Outcome.SHED)).isEqualTo(1);
        assertThat(counters.value(Outcome.NOT_STORED)).isEqualTo(1);
    }

    @Test
    void aWrongRequestAuthenticatorEndsHere() {
        byte[] datagram = start(1);
        datagram[5] ^= 1;
        Exchange exchange = arrived(datagram);
        run(exchange);

        assertEnded(exchange, Outcome.BAD_AUTHENTICATOR);
    }

    /** The Request Authenticator is made anew, so that only the Message-Authenticator is wrong. */
    @Test
    void aWrongMessageAuthenticatorEndsHereToo() throws Exception {
        byte[] datagram = start(1);
        datagram[25] ^= 1;
        Arrays.fill(datagram, 4, 20, (byte) 0);
        MessageDigest md5 = MessageDigest.getInstance("MD5");
        md5.update(datagram);
        md5.update(SECRET.bytes());
        System.arraycopy(md5.digest(), 0, datagram, 4, 16);
        Exchange exchange = arrived(datagram);
        run(exchange);

        assertEnded(exchange, Outcome.BAD_MESSAGE_AUTHENTICATOR);
    }

    @Test
    void anAccessRequestDoesNotBelongHere() {
        Exchange exchange = arrived(new RequestBuilder(PacketCode.ACCESS_REQUEST, 1, SECRET).finish());
        run(exchange);

        assertEnded(exchange, Outcome.WRONG_CODE);
    }

    @Test
    void statusServerIsAnsweredWithAnAccountingResponse() {
        Exchange exchange = arrived(new RequestBuilder(PacketCode.STATUS_SERVER, 1, SECRET).finish());
        run(exchange);

        assertThat(reply(exchange).code()).isEqualTo(PacketCode.ACCOUNTING_RESPONSE);
        assertThat(counters.value(Outcome.STATUS)).isEqualTo(1);
    }

    @Test
    void statusServerUnderAnotherSecretIsNot() {
        SharedSecret other = new SharedSecret(Octets.ofText("another"));
        Exchange exchange = arrived(new RequestBuilder(PacketCode.STATUS_SERVER, 1, other).finish());
        run(exchange);

        assertEnded(exchange, Outcome.BAD_MESSAGE_AUTHENTICATOR);
    }

    @Test
    void tunnelsAreAcknowledgedAndNotStored() {
        byte[] datagram = request(1, attributes -> attributes.putInteger(40, 9));
        Exchange exchange = arrived(datagram);
        run(exchange);

        assertThat(reply(exchange).code()).isEqualTo(PacketCode.ACCOUNTING_RESPONSE);
        assertThat(counters.value(Outcome.NO_SESSION)).isEqualTo(1);
        assertThat(exchange.isRouteStop()).isTrue();

        Exchange repeated = arrived(datagram);
        run(repeated);
        assertThat(counters.value(Outcome.REPEATED)).isEqualTo(1);
    }

    @Test
    void whatCannotBeStoredIsNotAcknowledged() {
        Exchange noType = arrived(request(1, attributes -> attributes.put(44, ascii("s"))));
        run(noType);
        assertEnded(noType, Outcome.NO_STATUS_TYPE);

        Exchange noSession = arrived(request(2, attributes -> attributes.putInteger(40, START)));
        run(noSession);
        assertEnded(noSession, Outcome.NO_SESSION_ID);
    }

    @Test
    void aStepThatFailsLeavesTheNasFreeToTellItAgain() {
        byte[] datagram = start(1);
        Exchange exchange = arrived(datagram);
        run(exchange);
        new Step(
                        failing -> {
                            throw new IllegalStateException("as a test wants it");
                        },
                        abandon::abandon)
                .process(exchange);
        assertEnded(exchange, Outcome.ERROR);

        Exchange again = arrived(datagram);
        run(again);
        assertThat(counters.value(Outcome.DUPLICATE)).isZero();
    }

    @Test
    void theRecordsOfOneSessionHaveOneOrderKey() {
        Exchange one = arrived(request(1, AccountingStepsTest::start));
        Exchange same = arrived(request(2, attributes -> {
            attributes.putInteger(40, 2);
            attributes.put(44, ascii("s-1"));
        }));
        Exchange other = arrived(request(3, attributes -> {
            attributes.putInteger(40, START);
            attributes.put(44, ascii("s-2"));
        }));
        run(one);
        run(same);
        run(other);

        assertThat(AccountingRequest.of(same).orderKey())
                .isEqualTo(AccountingRequest.of(one).orderKey())
                .isNotEqualTo(AccountingRequest.of(other).orderKey());
    }

    private void run(Exchange exchange) {
        new Step(authenticate, abandon::abandon).process(exchange);
        new Step(read, abandon::abandon).process(exchange);
    }

    private void assertEnded(Exchange exchange, Outcome outcome) {
        assertThat(exchange.getMessage().getBody()).isNull();
        assertThat(exchange.isRouteStop()).isTrue();
        assertThat(counters.value(outcome)).isEqualTo(1);
    }

    private Exchange arrived(byte[] datagram) {
        Exchange exchange = new DefaultExchange(camel);
        exchange.getMessage()
                .setBody(new AccountingRequest(Packets.decoded(datagram), SENDER, world.nas, System.nanoTime(), NOW));
        return exchange;
    }

    private static RadiusPacket reply(Exchange exchange) {
        return Packets.decoded(((RadiusReply) exchange.getMessage().getBody()).bytes());
    }

    private static byte[] start(int identifier) {
        return request(identifier, AccountingStepsTest::start);
    }

    private static void start(AttributeWriter attributes) {
        attributes.putInteger(40, START);
        attributes.put(44, ascii("s-1"));
    }

    private static byte[] request(int identifier, Consumer<AttributeWriter> content) {
        RequestBuilder request = new RequestBuilder(PacketCode.ACCOUNTING_REQUEST, identifier, SECRET);
        content.accept(request.attributes());
        return request.finish();
    }
}
