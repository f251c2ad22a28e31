package io.patchbay.radius.netty;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;

/**
 * Writes replies into a stream, and nothing else, as {@link RadiusDatagramEncoder} does for datagrams. A reply to a peer that
 * is gone counts as written: it will ask again. It holds no state: one serves any number of connections.
 */
@Sharable
public final class RadiusStreamEncoder extends ChannelOutboundHandlerAdapter {
    private final RadiusCounters counters;

    public RadiusStreamEncoder(RadiusCounters counters) {
        this.counters = counters;
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (!(message instanceof RadiusReply reply)) {
            counters.unsendable(message);
            ReferenceCountUtil.release(message);
        } else if (context.channel().isActive()) {
            byte[] bytes = reply.bytes();
            context.write(context.alloc().buffer(bytes.length).writeBytes(bytes));
        }
        promise.trySuccess();
    }
}
