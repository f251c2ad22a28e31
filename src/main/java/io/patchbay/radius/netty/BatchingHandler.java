package io.patchbay.radius.netty;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.handler.flush.FlushConsolidationHandler;

/**
 * Makes the socket receive and send many datagrams with one system call: listed among camel-netty's decoders, it puts
 * Netty's FlushConsolidationHandler in its own place, a new one for each channel, and on epoll sizes the receive buffer so
 * that recvmmsg fills it. It holds no state: one serves any number of sockets.
 */
@Sharable
public final class BatchingHandler extends ChannelInboundHandlerAdapter {
    private final int datagramBytes;
    private final int batch;

    /**
     * @param datagramBytes the longest datagram that is received whole; 4096 for RADIUS
     * @param batch datagrams for one system call, for instance 32
     */
    public BatchingHandler(int datagramBytes, int batch) {
        this.datagramBytes = datagramBytes;
        this.batch = batch;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        if (context.channel() instanceof EpollDatagramChannel channel) {
            channel.config().setOption(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, datagramBytes);
            channel.config().setRecvByteBufAllocator(new FixedRecvByteBufAllocator(datagramBytes * batch));
        }
        context.pipeline()
                .replace(
                        this,
                        context.name(),
                        new FlushConsolidationHandler(
                                FlushConsolidationHandler.DEFAULT_EXPLICIT_FLUSH_AFTER_FLUSHES, true));
    }
}
