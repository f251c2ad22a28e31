package io.patchbay.radius.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.AddressedEnvelope;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.DefaultAddressedEnvelope;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.patchbay.radius.MalformedReason;
import io.patchbay.radius.PacketCode;
import io.patchbay.radius.RequestBuilder;
import io.patchbay.radius.SharedSecret;
import io.patchbay.wire.Octets;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BatchingHandlerTest {
    private final BatchingHandler batching = new BatchingHandler(4096, 32);

    @Test
    void oneServesSeveralChannelsWithAConsolidatorEach() {
        EmbeddedChannel first = new EmbeddedChannel(batching);
        EmbeddedChannel second = new EmbeddedChannel(batching);

        ChannelHandler consolidator = first.pipeline().get(FlushConsolidationHandler.class);
        assertThat(consolidator).isNotNull();
        assertThat(second.pipeline().get(FlushConsolidationHandler.class))
                .isNotNull()
                .isNotSameAs(consolidator);
        assertThat(first.pipeline().get(BatchingHandler.class)).isNull();
    }

    @Test
    void overARealEpollSocketEveryRequestOfABurstIsAnswered() throws Exception {
        assumeTrue(Epoll.isAvailable(), "epoll is for Linux only");
        EpollEventLoopGroup group = new EpollEventLoopGroup(1);
        try (DatagramSocket nas = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            Channel hub = bind(group);
            EpollDatagramChannel epoll = (EpollDatagramChannel) hub;
            assertThat(epoll.config().getOption(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE))
                    .isEqualTo(4096);
            assertThat((Object) epoll.config().getRecvByteBufAllocator()).isInstanceOf(FixedRecvByteBufAllocator.class);

            nas.setSoTimeout(5_000);
            Set<Integer> answered = new HashSet<>();
            send(nas, hub, new byte[9000]);
            for (int i = 0; i < 100; i++) {
                send(nas, hub, request(i));
            }
            while (answered.size() < 100) {
                DatagramPacket reply = new DatagramPacket(new byte[64], 64);
                nas.receive(reply);
                assertThat(reply.getLength()).isEqualTo(20);
                assertThat(answered.add(reply.getData()[1] & 0xff)).isTrue();
            }
        } finally {
            group.shutdownGracefully(0, 5, java.util.concurrent.TimeUnit.SECONDS)
                    .syncUninterruptibly();
        }
    }

    private Channel bind(EpollEventLoopGroup group) throws InterruptedException {
        return new Bootstrap()
                .group(group)
                .channel(EpollDatagramChannel.class)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(
                                        new RadiusDatagramEncoder(IGNORED),
                                        batching,
                                        new RadiusDatagramDecoder(Admission.EVERYBODY, IGNORED),
                                        new AnswersWithTheHeader());
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .sync()
                .channel();
    }

    private static void send(DatagramSocket nas, Channel hub, byte[] bytes) throws Exception {
        nas.send(new DatagramPacket(bytes, bytes.length, hub.localAddress()));
    }

    private static byte[] request(int identifier) {
        return new RequestBuilder(PacketCode.ACCESS_REQUEST, identifier, new SharedSecret(Octets.ofText("testing123")))
                .finish();
    }

    /** Stands where camel-netty's handler stands. */
    private static final class AnswersWithTheHeader extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            AddressedEnvelope<?, ?> envelope = (AddressedEnvelope<?, ?>) message;
            RadiusDatagram datagram = (RadiusDatagram) envelope.content();
            byte[] reply = new byte[20];
            reply[1] = (byte) datagram.packet().identifier();
            context.channel()
                    .writeAndFlush(new DefaultAddressedEnvelope<Object, InetSocketAddress>(
                            new RadiusReply(reply), datagram.sender()));
        }
    }

    private static final RadiusCounters IGNORED = new RadiusCounters() {
        @Override
        public void malformed(MalformedReason reason) {}

        @Override
        public void unsendable(Object body) {}

        @Override
        public void failed(Throwable cause) {}
    };
}
