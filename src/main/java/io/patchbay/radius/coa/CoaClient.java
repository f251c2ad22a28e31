package io.patchbay.radius.coa;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.patchbay.radius.Decoded;
import io.patchbay.radius.PacketTooLongException;
import io.patchbay.radius.RadiusPacket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Sends CoA- and Disconnect-Requests over UDP (RFC 5176) from several sockets, since one socket has 256 identifiers for a
 * NAS. A request that is not answered is sent again, the same datagram each time; a reply counts when peer, socket and
 * identifier are those of a request and its authenticators are right. One thread does it all, so that nothing here is locked.
 */
public final class CoaClient implements CoaTransport, AutoCloseable {
    public static final String NAME = "udp";

    private static final String STOPPING =
            "The hub stopped before the NAS answered; what is due is sent after its start.";
    private static final int SOCKET_BUFFER = 1 << 20;

    private final CoaClientSettings settings;
    private final Consumer<DroppedReply> dropped;
    private final EventLoopGroup group = new NioEventLoopGroup(1, new DefaultThreadFactory("coa", true));
    private final EventLoop loop = group.next();
    private final List<Channel> channels = new ArrayList<>();
    private final Map<InetSocketAddress, CoaPeer> peers = new HashMap<>();
    private boolean closed;

    /**
     * Binds its sockets.
     *
     * @param dropped told of every reply that was not believed, on the sender's thread
     */
    public CoaClient(CoaClientSettings settings, Consumer<DroppedReply> dropped) {
        this.settings = settings;
        this.dropped = dropped;
        InetSocketAddress local = new InetSocketAddress(settings.local().getAddress(), 0);
        try {
            for (int socket = 0; socket < settings.sockets(); socket++) {
                channels.add(bind(socket, local));
            }
        } catch (RuntimeException failed) {
            close();
            throw failed;
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public CompletableFuture<CoaResult> send(CoaRequest request) {
        if (request.nas().isUnresolved()) {
            return CompletableFuture.completedFuture(
                    CoaResult.unsendable("The name " + request.nas().getHostString() + " has no address."));
        }
        CoaExchange exchange = new CoaExchange(request);
        try {
            loop.execute(() -> admit(exchange));
        } catch (RejectedExecutionException stopped) {
            exchange.end(new CoaOutcome.Unsendable(STOPPING));
        }
        return exchange.future;
    }

    private void admit(CoaExchange exchange) {
        if (closed) {
            exchange.end(new CoaOutcome.Unsendable(STOPPING));
            return;
        }
        CoaPeer peer = peers.computeIfAbsent(exchange.request.nas(), nas -> new CoaPeer(settings.sockets()));
        if (peer.take(exchange)) {
            begin(peer, exchange);
        } else if (peer.waiting().size() < settings.waitingPerNas()) {
            peer.waiting().add(exchange);
        } else {
            exchange.end(new CoaOutcome.Unsendable("Too many requests wait for the NAS " + exchange.request.peer()
                    + " to answer; they are limited by patchbay.coa.waiting-per-nas."));
        }
    }

    private void begin(CoaPeer peer, CoaExchange exchange) {
        try {
            exchange.assemble(exchange.slot % CoaPeer.IDENTIFIERS, Instant.now());
        } catch (PacketTooLongException tooLong) {
            end(
                    peer,
                    exchange,
                    new CoaOutcome.Unsendable("The request does not fit into a packet: " + tooLong.getMessage()));
            return;
        } catch (RuntimeException fault) {
            end(peer, exchange, new CoaOutcome.Unsendable("The request could not be written: " + fault));
            return;
        }
        transmit(peer, exchange);
    }

    private void transmit(CoaPeer peer, CoaExchange exchange) {
        Duration wait = settings.waits().get(exchange.sent());
        exchange.noteSent(Instant.now(), System.nanoTime());
        channels.get(exchange.slot / CoaPeer.IDENTIFIERS)
                .writeAndFlush(new DatagramPacket(Unpooled.wrappedBuffer(exchange.packet()), exchange.request.nas()))
                .addListener(written -> {
                    if (!written.isSuccess()) {
                        exchange.noteSendFailure(written.cause());
                    }
                });
        exchange.timer = loop.schedule(() -> expire(peer, exchange), jittered(wait), TimeUnit.NANOSECONDS);
    }

    private long jittered(Duration wait) {
        double part = settings.jitter() == 0
                ? 0
                : ThreadLocalRandom.current().nextDouble(-settings.jitter(), settings.jitter());
        return (long) (wait.toNanos() * (1 + part));
    }

    private void expire(CoaPeer peer, CoaExchange exchange) {
        if (exchange.sent() < settings.waits().size()) {
            transmit(peer, exchange);
        } else {
            end(peer, exchange, exchange.unanswered());
        }
    }

    private void receive(int socket, DatagramPacket datagram) {
        byte[] bytes = new byte[datagram.content().readableBytes()];
        datagram.content().readBytes(bytes);
        if (!(RadiusPacket.decode(bytes, 0, bytes.length) instanceof Decoded.Ok ok)) {
            dropped.accept(DroppedReply.MALFORMED);
            return;
        }
        CoaPeer peer = peers.get(datagram.sender());
        CoaExchange exchange = peer == null
                ? null
                : peer.at(socket * CoaPeer.IDENTIFIERS + ok.packet().identifier());
        try {
            CoaOutcome outcome = exchange == null ? null : exchange.read(ok.packet(), System.nanoTime());
            if (outcome == null) {
                dropped.accept(DroppedReply.UNEXPECTED);
            } else {
                end(peer, exchange, outcome);
            }
        } catch (CoaExchange.ForgedException wrong) {
            dropped.accept(DroppedReply.FORGED);
        }
    }

    private void end(CoaPeer peer, CoaExchange exchange, CoaOutcome outcome) {
        peer.release(exchange);
        exchange.end(outcome);
        CoaExchange next = peer.waiting().poll();
        if (next != null && peer.take(next)) {
            begin(peer, next);
        }
        if (peer.isIdle()) {
            peers.remove(exchange.request.nas());
        }
    }

    private Channel bind(int socket, InetSocketAddress local) {
        return new Bootstrap()
                .group(group)
                .channel(NioDatagramChannel.class)
                .option(ChannelOption.RCVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(RadiusPacket.MAXIMUM_LENGTH))
                .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER)
                .handler(new SimpleChannelInboundHandler<DatagramPacket>() {
                    @Override
                    protected void channelRead0(ChannelHandlerContext context, DatagramPacket datagram) {
                        receive(socket, datagram);
                    }

                    /** An ICMP error of some NAS is no fault of the socket: the waits say what was not answered. */
                    @Override
                    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
                        dropped.accept(DroppedReply.MALFORMED);
                    }
                })
                .bind(local)
                .syncUninterruptibly()
                .channel();
    }

    /** Closes the sockets; whatever waits is told so. */
    @Override
    public void close() {
        if (loop.isShuttingDown()) {
            return;
        }
        loop.submit(() -> {
                    closed = true;
                    peers.values().forEach(peer -> {
                        peer.sent().forEach(exchange -> exchange.end(new CoaOutcome.Unsendable(STOPPING)));
                        peer.waiting().forEach(exchange -> exchange.end(new CoaOutcome.Unsendable(STOPPING)));
                    });
                    peers.clear();
                    channels.forEach(Channel::close);
                })
                .awaitUninterruptibly(5, TimeUnit.SECONDS);
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
