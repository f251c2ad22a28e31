package io.patchbay.radius.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.AddressedEnvelope;
import io.netty.channel.ChannelFuture;
import io.netty.channel.DefaultAddressedEnvelope;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import io.patchbay.radius.MalformedReason;
import io.patchbay.radius.PacketCode;
import io.patchbay.radius.RequestBuilder;
import io.patchbay.radius.SharedSecret;
import io.patchbay.wire.Octets;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RadiusDatagramTest {
    private static final InetSocketAddress NAS = new InetSocketAddress("192.0.2.1", 40000);
    private static final InetSocketAddress HUB = new InetSocketAddress("192.0.2.9", 1812);

    private final Counted counted = new Counted();
    private final EmbeddedChannel channel = new EmbeddedChannel(
            new RadiusDatagramEncoder(counted), new RadiusDatagramDecoder(Admission.EVERYBODY, counted));

    @Test
    void aPacketComesOutWithItsAddresses() {
        byte[] request = request();
        DatagramPacket datagram = datagram(Arrays.copyOf(request, request.length + 9));
        channel.writeInbound(datagram);

        AddressedEnvelope<?, ?> envelope = channel.readInbound();
        RadiusDatagram received = (RadiusDatagram) envelope.content();
        assertThat(envelope.sender()).isEqualTo(NAS);
        assertThat(envelope.recipient()).isEqualTo(HUB);
        assertThat(received.sender()).isEqualTo(NAS);
        assertThat(received.recipient()).isEqualTo(HUB);
        assertThat(received.packet().bytes()).isEqualTo(request);
        assertThat(datagram.refCnt()).isZero();
        assertThat(counted.malformed).isEmpty();
    }

    @Test
    void aMalformedOneIsDroppedAndCounted() {
        byte[] request = request();
        for (byte[] bytes : List.of(new byte[0], new byte[3], new byte[20], Arrays.copyOf(request, 30))) {
            DatagramPacket datagram = datagram(bytes);
            channel.writeInbound(datagram);
            assertThat(datagram.refCnt()).isZero();
        }

        assertThat((Object) channel.readInbound()).isNull();
        assertThat(counted.malformed)
                .containsExactly(
                        MalformedReason.DATAGRAM_TOO_SHORT,
                        MalformedReason.DATAGRAM_TOO_SHORT,
                        MalformedReason.LENGTH_TOO_SMALL,
                        MalformedReason.LENGTH_BEYOND_DATAGRAM);
    }

    @Test
    void randomDatagramsNeverCloseTheChannel() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = random.nextBoolean() ? request() : new byte[random.nextInt(60)];
            for (int flips = random.nextInt(6); flips > 0 && bytes.length > 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            channel.writeInbound(datagram(bytes));
        }

        channel.checkException();
        assertThat(channel.isOpen()).isTrue();
        assertThat(counted.failures).isEmpty();
        assertThat(counted.malformed).hasSizeGreaterThan(5_000);
        assertThat(channel.inboundMessages()).hasSizeGreaterThan(5_000);
    }

    @Test
    void theAdmissionDecidesWhatTheRouteGets() {
        EmbeddedChannel admitting = new EmbeddedChannel(
                new RadiusDatagramDecoder(datagram -> datagram.sender().equals(NAS) ? "admitted" : null, counted));
        admitting.writeInbound(datagram(request()));
        admitting.writeInbound(
                new DatagramPacket(Unpooled.wrappedBuffer(request()), HUB, new InetSocketAddress("203.0.113.1", 1)));

        AddressedEnvelope<?, ?> envelope = admitting.readInbound();
        assertThat(envelope.content()).isEqualTo("admitted");
        assertThat((Object) admitting.readInbound()).isNull();
    }

    @Test
    void aFailingAdmissionLosesItsPacketOnly() {
        IllegalStateException failure = new IllegalStateException("for this test");
        EmbeddedChannel failing = new EmbeddedChannel(new RadiusDatagramDecoder(
                datagram -> {
                    throw failure;
                },
                counted));
        DatagramPacket datagram = datagram(request());
        failing.writeInbound(datagram);

        failing.checkException();
        assertThat(counted.failures).containsExactly(failure);
        assertThat(datagram.refCnt()).isZero();
    }

    @Test
    void anErrorOfTheSocketDoesNotTravelOn() {
        IOException error = new IOException("for this test");
        channel.pipeline().fireExceptionCaught(error);

        channel.checkException();
        assertThat(counted.failures).containsExactly(error);
    }

    @Test
    void aReplyGoesToWhomItIsAddressed() {
        byte[] reply = {2, 7, 0, 20};
        channel.writeOutbound(new DefaultAddressedEnvelope<Object, InetSocketAddress>(new RadiusReply(reply), NAS));

        DatagramPacket sent = channel.readOutbound();
        ByteBuf content = sent.content();
        byte[] bytes = new byte[content.readableBytes()];
        content.readBytes(bytes);
        assertThat(bytes).isEqualTo(reply);
        assertThat(sent.recipient()).isEqualTo(NAS);
        sent.release();
        assertThat(counted.unsendable).isEmpty();
    }

    @Test
    void nothingElseLeaves() {
        IllegalStateException failure = new IllegalStateException("for this test");
        ByteBuf buffer = Unpooled.buffer().writeByte(1);
        for (Object body : List.of(failure, "text", new byte[] {1}, buffer)) {
            ChannelFuture written =
                    channel.writeAndFlush(new DefaultAddressedEnvelope<Object, InetSocketAddress>(body, NAS));
            assertThat(written.isSuccess()).isTrue();
        }
        assertThat(channel.writeAndFlush(new RadiusReply(new byte[20])).isSuccess())
                .as("a reply without an address")
                .isTrue();

        assertThat((Object) channel.readOutbound()).isNull();
        assertThat(counted.unsendable).hasSize(5).contains(failure, "text");
        assertThat(buffer.refCnt()).isZero();
    }

    private static DatagramPacket datagram(byte[] bytes) {
        return new DatagramPacket(Unpooled.buffer().writeBytes(bytes), HUB, NAS);
    }

    private static byte[] request() {
        RequestBuilder builder = new RequestBuilder(
                PacketCode.ACCESS_REQUEST, 3, new byte[16], new SharedSecret(Octets.ofText("testing123")));
        builder.attributes().put(1, "bob".getBytes());
        return builder.finish();
    }

    private static final class Counted implements RadiusCounters {
        private final List<MalformedReason> malformed = new ArrayList<>();
        private final List<Object> unsendable = new ArrayList<>();
        private final List<Throwable> failures = new ArrayList<>();

        @Override
        public void malformed(MalformedReason reason) {
            malformed.add(reason);
        }

        @Override
        public void unsendable(Object body) {
            unsendable.add(body);
        }

        @Override
        public void failed(Throwable cause) {
            failures.add(cause);
        }
    }
}
