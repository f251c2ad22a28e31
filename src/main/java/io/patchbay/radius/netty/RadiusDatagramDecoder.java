package io.patchbay.radius.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.DefaultAddressedEnvelope;
import io.netty.channel.socket.DatagramPacket;
import io.patchbay.radius.Decoded;
import io.patchbay.radius.RadiusPacket;

/**
 * Turns a datagram into what the admission makes of it, in an envelope with the sender: from that camel-netty takes the
 * address of the reply. Everything else is dropped and counted. It holds no state: one serves any number of sockets.
 */
@Sharable
public final class RadiusDatagramDecoder extends ChannelInboundHandlerAdapter {
    private final Admission admission;
    private final RadiusCounters counters;

    public RadiusDatagramDecoder(Admission admission, RadiusCounters counters) {
        this.admission = admission;
        this.counters = counters;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof DatagramPacket datagram)) {
            context.fireChannelRead(message);
            return;
        }
        Object admitted = admitted(datagram);
        if (admitted != null) {
            context.fireChannelRead(new DefaultAddressedEnvelope<>(admitted, datagram.recipient(), datagram.sender()));
        }
    }

    /** An error of the socket must not reach camel-netty's handler, which closes the channel upon any. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        counters.failed(cause);
    }

    private Object admitted(DatagramPacket datagram) {
        try {
            return switch (decode(datagram.content())) {
                case Decoded.Ok ok ->
                    admission.admit(new RadiusDatagram(
                            ok.packet(), datagram.sender(), datagram.recipient(), System.nanoTime()));
                case Decoded.Malformed malformed -> {
                    counters.malformed(malformed.reason());
                    yield null;
                }
            };
        } catch (RuntimeException failure) {
            counters.failed(failure);
            return null;
        } finally {
            datagram.release();
        }
    }

    /** Copied out, for the route may go on long after the receive buffer is used again; never more than a packet. */
    private static Decoded decode(ByteBuf content) {
        int length = content.readableBytes();
        int start = content.readerIndex();
        int copied = length;
        if (length >= RadiusPacket.HEADER_LENGTH) {
            int promised = content.getUnsignedShort(start + 2);
            copied = promised >= RadiusPacket.HEADER_LENGTH ? Math.min(length, promised) : RadiusPacket.HEADER_LENGTH;
        }
        byte[] bytes = new byte[copied];
        content.getBytes(start, bytes);
        return RadiusPacket.decode(bytes, 0, copied);
    }
}
