package io.patchbay.radius.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.patchbay.radius.Decoded;
import io.patchbay.radius.MalformedReason;
import io.patchbay.radius.PacketCode;
import io.patchbay.radius.RequestBuilder;
import io.patchbay.radius.SharedSecret;
import io.patchbay.wire.Octets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A stream has no borders but the packets' own lengths. */
class RadiusStreamDecoderTest {
    private static final SharedSecret SECRET = new SharedSecret(Octets.ofText("radsec"));
    private static final Duration PACKET_TIME = Duration.ofSeconds(10);

    private final List<Object> events = new ArrayList<>();
    private final EmbeddedChannel channel =
            new EmbeddedChannel(new RadiusStreamDecoder(PACKET_TIME), new ChannelInboundHandlerAdapter() {
                @Override
                public void userEventTriggered(ChannelHandlerContext context, Object event) {
                    events.add(event);
                }
            });

    @Test
    void aPacketMayComeByteByByte() {
        for (byte one : packet(7)) {
            channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {one}));
        }
        assertThat(identifiers()).containsExactly(7);
    }

    @Test
    void severalMayComeAtOnceAndTheLastInPieces() {
        byte[] last = packet(3);
        channel.writeInbound(Unpooled.wrappedBuffer(packet(1), packet(2), java.util.Arrays.copyOf(last, 5)));
        channel.writeInbound(Unpooled.wrappedBuffer(last, 5, last.length - 5));
        assertThat(identifiers()).containsExactly(1, 2, 3);
    }

    @Test
    void behindALengthThatNoPacketHasNothingIsRead() {
        channel.writeInbound(Unpooled.wrappedBuffer(packet(1), HexFormat.of().parseHex("01000013"), packet(2)));
        assertThat(((Decoded.Ok) channel.readInbound()).packet().identifier()).isEqualTo(1);
        assertThat(malformed()).isEqualTo(MalformedReason.LENGTH_TOO_SMALL);
        channel.writeInbound(Unpooled.wrappedBuffer(packet(3)));
        assertThat((Object) channel.readInbound()).isNull();
    }

    @Test
    void aLengthThatIsTooLargeIsToldBeforeThePacketIsThere() {
        channel.writeInbound(Unpooled.wrappedBuffer(HexFormat.of().parseHex("01001001")));
        assertThat(malformed()).isEqualTo(MalformedReason.LENGTH_TOO_LARGE);
    }

    @Test
    void anAttributeThatReachesBeyondItsPacketIsTold() {
        byte[] packet = packet(1);
        packet[21] = 19;
        channel.writeInbound(Unpooled.wrappedBuffer(packet));
        assertThat(channel.<Object>readInbound()).isInstanceOf(Decoded.Malformed.class);
    }

    @Test
    void whoDripsOneByteAfterTheOtherIsTooSlowAllTheSame() {
        channel.freezeTime();
        byte[] packet = packet(1);
        for (int second = 0; second < 12; second++) {
            channel.writeInbound(Unpooled.wrappedBuffer(packet, second, 1));
            channel.advanceTimeBy(1, TimeUnit.SECONDS);
            channel.runScheduledPendingTasks();
        }
        assertThat(events).containsExactly(RadiusStreamDecoder.Slow.PACKET);
    }

    @Test
    void whoFinishesInTimeIsNotAndNeitherIsWhoSendsNothing() {
        channel.freezeTime();
        channel.writeInbound(Unpooled.wrappedBuffer(packet(1), 0, 9));
        channel.advanceTimeBy(9, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        byte[] packet = packet(1);
        channel.writeInbound(Unpooled.wrappedBuffer(packet, 9, packet.length - 9));
        channel.advanceTimeBy(1, TimeUnit.HOURS);
        channel.runScheduledPendingTasks();
        assertThat(events).isEmpty();
    }

    private static byte[] packet(int identifier) {
        return new RequestBuilder(PacketCode.STATUS_SERVER, identifier, SECRET).finish();
    }

    private List<Integer> identifiers() {
        List<Integer> identifiers = new ArrayList<>();
        for (Decoded.Ok ok = channel.readInbound(); ok != null; ok = channel.readInbound()) {
            identifiers.add(ok.packet().identifier());
        }
        return identifiers;
    }

    private MalformedReason malformed() {
        return ((Decoded.Malformed) channel.readInbound()).reason();
    }
}
