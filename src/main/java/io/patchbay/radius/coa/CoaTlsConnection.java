package io.patchbay.radius.coa;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import io.patchbay.radius.Decoded;
import io.patchbay.radius.RadiusPacket;
import io.patchbay.radius.netty.RadiusStreamDecoder;
import io.patchbay.radius.tls.CertificateNames;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLPeerUnverifiedException;

/** The connection to one NAS, and the requests that it carries; when it ends they do. Lives on the client's thread. */
final class CoaTlsConnection {
    private final InetSocketAddress address;
    private final String name;
    private final CoaTlsSettings settings;
    private final Consumer<DroppedReply> dropped;
    private final CoaPeer peer = new CoaPeer(1);
    private Runnable whenOver;
    private Channel channel;
    private boolean ready;
    private boolean over;

    /** @param name what its certificate must name (RFC 6614 section 2.4) */
    CoaTlsConnection(InetSocketAddress address, String name, CoaTlsSettings settings, Consumer<DroppedReply> dropped) {
        this.address = address;
        this.name = name;
        this.settings = settings;
        this.dropped = dropped;
    }

    void open(EventLoop loop, SslContext tls, Runnable toldWhenOver) {
        whenOver = toldWhenOver;
        int connectMillis = (int) settings.connectTime().toMillis();
        channel = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, connectMillis)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel made) {
                        SslHandler ssl = tls.newHandler(made.alloc(), address.getHostString(), address.getPort());
                        ssl.setHandshakeTimeoutMillis(connectMillis);
                        made.pipeline()
                                .addLast(ssl)
                                .addLast(new IdleStateHandler(
                                        0, 0, settings.idleTime().toMillis(), TimeUnit.MILLISECONDS))
                                .addLast(new RadiusStreamDecoder(settings.answerTime()))
                                .addLast(new Replies());
                    }
                })
                .connect(address)
                .addListener(connected -> {
                    if (!connected.isSuccess()) {
                        fail("could not be made: " + connected.cause().getMessage());
                    }
                })
                .channel();
    }

    void send(CoaExchange exchange) {
        if (ready && peer.take(exchange)) {
            begin(exchange);
        } else if (peer.waiting().size() < settings.waitingPerNas()) {
            peer.waiting().add(exchange);
        } else {
            exchange.end(new CoaOutcome.Unsendable(
                    "Too many requests wait for the connection to the NAS " + name + "; send fewer at once."));
        }
    }

    private void begin(CoaExchange exchange) {
        try {
            exchange.assemble(exchange.slot, Instant.now());
        } catch (RuntimeException fault) {
            finish(exchange, new CoaOutcome.Unsendable("The request could not be written: " + fault.getMessage()));
            return;
        }
        exchange.noteSent(Instant.now(), System.nanoTime());
        channel.writeAndFlush(Unpooled.wrappedBuffer(exchange.packet()));
        exchange.timer = channel.eventLoop()
                .schedule(
                        () -> finish(exchange, new CoaOutcome.NoAnswer()),
                        settings.answerTime().toNanos(),
                        TimeUnit.NANOSECONDS);
    }

    private void finish(CoaExchange exchange, CoaOutcome outcome) {
        peer.release(exchange);
        exchange.end(outcome);
        CoaExchange next = ready ? peer.waiting().poll() : null;
        if (next != null) {
            send(next);
        }
    }

    /** What was sent got no answer then, what waited was never sent. */
    void end(CoaOutcome ofTheWaiting) {
        if (over) {
            return;
        }
        over = true;
        ready = false;
        if (channel != null) {
            channel.close();
        }
        whenOver.run();
        List.copyOf(peer.sent()).forEach(exchange -> exchange.end(new CoaOutcome.NoAnswer()));
        peer.waiting().forEach(exchange -> exchange.end(ofTheWaiting));
        peer.waiting().clear();
    }

    private void fail(String how) {
        end(new CoaOutcome.Unsendable("The TLS connection to the NAS " + name + " at " + address + " " + how
                + ". Check its address, port and certificate."));
    }

    private void identify(ChannelHandlerContext context) {
        List<String> names;
        try {
            names = CertificateNames.of((X509Certificate) context.pipeline()
                    .get(SslHandler.class)
                    .engine()
                    .getSession()
                    .getPeerCertificates()[0]);
        } catch (SSLPeerUnverifiedException none) {
            names = List.of();
        }
        if (!names.contains(name.toLowerCase(Locale.ROOT))) {
            fail("is not to be trusted: the certificate there names " + names);
            return;
        }
        ready = true;
        for (int waiting = peer.waiting().size(); waiting > 0; waiting--) {
            send(peer.waiting().poll());
        }
    }

    private void receive(RadiusPacket reply) {
        CoaExchange exchange = peer.at(reply.identifier());
        try {
            CoaOutcome outcome = exchange == null ? null : exchange.read(reply, System.nanoTime());
            if (outcome == null) {
                dropped.accept(DroppedReply.UNEXPECTED);
            } else {
                finish(exchange, outcome);
            }
        } catch (CoaExchange.ForgedException wrong) {
            dropped.accept(DroppedReply.FORGED);
        }
    }

    private final class Replies extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            switch ((Decoded) message) {
                case Decoded.Ok ok -> receive(ok.packet());
                case Decoded.Malformed malformed -> {
                    dropped.accept(DroppedReply.MALFORMED);
                    fail("carried what is no RADIUS packet");
                }
            }
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof SslHandshakeCompletionEvent handshake) {
                if (handshake.isSuccess()) {
                    identify(context);
                } else {
                    fail("failed in its handshake: " + handshake.cause().getMessage());
                }
            } else if (event instanceof IdleStateEvent && peer.isIdle()) {
                fail("was idle");
            } else if (event == RadiusStreamDecoder.Slow.PACKET) {
                fail("carried a reply that did not end");
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            fail("was closed by the NAS");
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            fail("failed: " + cause.getMessage());
        }
    }
}
