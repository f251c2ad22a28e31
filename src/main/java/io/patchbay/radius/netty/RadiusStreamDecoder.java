package io.patchbay.radius.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.patchbay.radius.Decoded;
import io.patchbay.radius.RadiusPacket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Cuts a stream into packets by their Length field (RFC 6613 section 2.6) and passes on each as {@link Decoded}. After one
 * that is malformed nothing more is read: there is no telling where the next begins. A packet that is not complete in time is
 * told as {@link Slow}. One for each connection.
 */
public final class RadiusStreamDecoder extends ByteToMessageDecoder {
    /** The user event: a packet has begun and does not end. */
    public enum Slow {
        PACKET
    }

    private static final int UP_TO_LENGTH = 4;

    private final long packetNanos;
    private boolean broken;
    /** When the packet began of which a part is here; 0 when there is none. */
    private long begunNanos;

    /** @param packetTime how long a packet may take from its first byte to its last */
    public RadiusStreamDecoder(Duration packetTime) {
        this.packetNanos = packetTime.toNanos();
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (broken) {
            in.skipBytes(in.readableBytes());
            return;
        }
        int length = in.readableBytes() < UP_TO_LENGTH ? -1 : in.getUnsignedShort(in.readerIndex() + 2);
        boolean impossible = length >= 0 && length < RadiusPacket.HEADER_LENGTH || length > RadiusPacket.MAXIMUM_LENGTH;
        if (!impossible && (length < 0 || in.readableBytes() < length)) {
            awaitTheRest(context);
            return;
        }
        begunNanos = 0;
        byte[] packet = new byte[impossible ? Math.min(in.readableBytes(), RadiusPacket.HEADER_LENGTH) : length];
        in.readBytes(packet);
        Decoded decoded = impossible ? impossible(packet) : RadiusPacket.decode(packet, 0, length);
        broken = decoded instanceof Decoded.Malformed;
        out.add(decoded);
    }

    /** Told by the length, however few bytes of the header came with it. */
    private static Decoded impossible(byte[] begin) {
        byte[] header = new byte[RadiusPacket.HEADER_LENGTH];
        System.arraycopy(begin, 0, header, 0, begin.length);
        return RadiusPacket.decode(header, 0, header.length);
    }

    private void awaitTheRest(ChannelHandlerContext context) {
        if (begunNanos == 0) {
            begunNanos = System.nanoTime();
            checkLater(context, begunNanos);
        }
    }

    private void checkLater(ChannelHandlerContext context, long begun) {
        context.executor()
                .schedule(
                        () -> {
                            if (begunNanos != begun || !context.channel().isActive()) {
                                return;
                            }
                            if (context.channel().config().isAutoRead()) {
                                context.fireUserEventTriggered(Slow.PACKET);
                            } else {
                                checkLater(context, begun); // it is we who do not read
                            }
                        },
                        packetNanos,
                        TimeUnit.NANOSECONDS);
    }
}
