package io.patchbay.radius.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.AddressedEnvelope;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;

/**
 * Sends replies, and nothing else: camel-netty hands over the exception when a route fails and the request when a route
 * has set no body; neither may leave the hub. What is dropped counts as written, so that nobody handles it as a failure.
 * It holds no state: one serves any number of sockets.
 */
@Sharable
public final class RadiusDatagramEncoder extends ChannelOutboundHandlerAdapter {
    private final RadiusCounters counters;

    public RadiusDatagramEncoder(RadiusCounters counters) {
        this.counters = counters;
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof AddressedEnvelope<?, ?> envelope
                && envelope.content() instanceof RadiusReply reply
                && envelope.recipient() instanceof InetSocketAddress recipient) {
            byte[] bytes = reply.bytes();
            ByteBuf buffer = context.alloc().ioBuffer(bytes.length).writeBytes(bytes);
            context.write(new DatagramPacket(buffer, recipient), promise);
            return;
        }
        counters.unsendable(message instanceof AddressedEnvelope<?, ?> envelope ? envelope.content() : message);
        ReferenceCountUtil.release(message);
        promise.trySuccess();
    }
}
