package io.patchbay.radsec;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.AttributeKey;
import io.patchbay.binding.BindingIndex;
import io.patchbay.commit.Quietly;
import io.patchbay.ledger.NasClient;
import io.patchbay.radius.Decoded;
import io.patchbay.radius.RadiusPacket;
import io.patchbay.radius.netty.RadiusCounters;
import io.patchbay.radius.netty.RadiusDatagram;
import io.patchbay.radius.netty.RadiusStreamDecoder;
import io.patchbay.radius.tls.CertificateNames;
import io.patchbay.request.RadiusRequest;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * One connection: whose it is, how much of it is being answered, and when it has to end. The NAS is looked up for every
 * packet, so that one that was removed, or whose certificate expires, is cut off at its next. Lives on its event loop.
 */
final class RadSecConnection extends ChannelInboundHandlerAdapter {
    /** An identifier is one byte, so that a true peer cannot wait for more replies. */
    static final int MOST_IN_FLIGHT = 256;

    private static final AttributeKey<RadSecConnection> KEY =
            AttributeKey.valueOf(RadSecConnection.class, "connection");
    private static final Quietly LOG = new Quietly(RadSecConnection.class);

    private final BindingIndex index;
    private final RadSecConnections connections;
    private final RadSecSettings settings;
    private final RadiusCounters counters;
    private final BiFunction<RadiusDatagram, NasClient, RadiusRequest> requests;
    private ChannelHandlerContext context;
    private boolean entered;
    private boolean cut;
    private X509Certificate certificate;
    private List<String> names = List.of();
    /** 0 until the peer is known. */
    private long nasId;

    private int inFlight;
    private long unreadSince;

    RadSecConnection(
            BindingIndex index,
            RadSecConnections connections,
            RadSecSettings settings,
            RadiusCounters counters,
            BiFunction<RadiusDatagram, NasClient, RadiusRequest> requests) {
        this.index = index;
        this.connections = connections;
        this.settings = settings;
        this.counters = counters;
        this.requests = requests;
    }

    static RadSecConnection of(Channel channel) {
        return channel.attr(KEY).get();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
        added.channel().attr(KEY).set(this);
    }

    @Override
    public void channelActive(ChannelHandlerContext active) {
        entered = true;
        if (!connections.enter()) {
            cut(Cut.TOO_MANY, "there are as many connections as patchbay.radsec.max-connections allows");
        }
        active.fireChannelActive();
    }

    @Override
    public void channelInactive(ChannelHandlerContext inactive) {
        cut = true;
        if (nasId != 0) {
            connections.leave(nasId);
            nasId = 0;
        }
        if (entered) {
            connections.leave();
            entered = false;
        }
        inactive.fireChannelInactive();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext triggered, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess()) {
                identify();
            } else {
                cut(
                        Cut.HANDSHAKE,
                        "the TLS handshake failed: " + handshake.cause().getMessage());
            }
        } else if (event instanceof IdleStateEvent) {
            if (inFlight == 0) {
                cut(Cut.IDLE, null);
            }
        } else if (event == RadiusStreamDecoder.Slow.PACKET) {
            cut(Cut.SLOW_PACKET, "a packet was not complete within patchbay.radsec.packet-timeout");
        }
        triggered.fireUserEventTriggered(event);
    }

    @Override
    public void channelRead(ChannelHandlerContext read, Object message) {
        if (cut) {
            return;
        }
        switch ((Decoded) message) {
            case Decoded.Ok ok -> take(ok.packet());
            case Decoded.Malformed malformed -> {
                counters.malformed(malformed.reason());
                cut(Cut.MALFORMED, "it sent what is no RADIUS packet (" + malformed.reason() + ")");
            }
        }
    }

    private void take(RadiusPacket packet) {
        NasClient nas = nas();
        if (nas == null) {
            return;
        }
        inFlight++;
        updateReading();
        InetSocketAddress local = (InetSocketAddress) context.channel().localAddress();
        context.fireChannelRead(requests.apply(new RadiusDatagram(packet, remote(), local, System.nanoTime()), nas));
    }

    /** A request has come to its end, with a reply or without. From any thread. */
    void ended() {
        if (context.executor().inEventLoop()) {
            inFlight--;
            updateReading();
        } else {
            context.executor().execute(this::ended);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext changed) {
        if (!changed.channel().isWritable() && unreadSince == 0) {
            long since = System.nanoTime();
            unreadSince = since;
            changed.executor()
                    .schedule(
                            () -> {
                                if (unreadSince == since) {
                                    cut(
                                            Cut.SLOW_READER,
                                            "it did not read its replies within patchbay.radsec.packet-timeout");
                                }
                            },
                            settings.packetTimeout().toNanos(),
                            TimeUnit.NANOSECONDS);
        } else if (changed.channel().isWritable()) {
            unreadSince = 0;
        }
        updateReading();
        changed.fireChannelWritabilityChanged();
    }

    /** TLS tells its faults as the handshake's end too; whatever else goes wrong ends the connection. */
    @Override
    public void exceptionCaught(ChannelHandlerContext caught, Throwable cause) {
        cut(Cut.ERROR, "it failed: " + cause.getMessage());
    }

    private void identify() {
        if (cut) {
            return;
        }
        try {
            certificate = (X509Certificate) context.pipeline()
                    .get(SslHandler.class)
                    .engine()
                    .getSession()
                    .getPeerCertificates()[0];
        } catch (SSLPeerUnverifiedException impossible) {
            cut(Cut.HANDSHAKE, "it showed no certificate");
            return;
        }
        names = CertificateNames.of(certificate);
        if (!index.isComplete()) {
            cut(Cut.NOT_READY, null);
            return;
        }
        NasClient nas = nas();
        if (nas == null) {
            return;
        }
        nasId = nas.id();
        if (!connections.enter(nasId)) {
            cut(
                    Cut.TOO_MANY_OF_NAS,
                    "NAS " + nas.name() + " has as many connections as patchbay.radsec.max-connections-per-nas allows");
        }
    }

    /** The NAS as it is now; null when the certificate is nobody's any more: then the connection is cut. */
    private NasClient nas() {
        if (certificate.getNotAfter().getTime() < System.currentTimeMillis()) {
            cut(Cut.EXPIRED_CERTIFICATE, "its certificate, of " + names + ", expired on " + certificate.getNotAfter());
            return null;
        }
        NasClient nas = index.directory().nasByCertificate(names);
        if (nas == null || nasId != 0 && nas.id() != nasId) {
            cut(
                    Cut.UNKNOWN_CERTIFICATE,
                    "its certificate names " + names + ", and no NAS client has one of these as its radsecName");
            return null;
        }
        return nas;
    }

    /** Not more than fits: TCP lets the peer wait. */
    private void updateReading() {
        context.channel()
                .config()
                .setAutoRead(inFlight < MOST_IN_FLIGHT && context.channel().isWritable());
    }

    private void cut(Cut why, String sentence) {
        if (cut) {
            return;
        }
        cut = true;
        connections.count(why);
        if (sentence != null) {
            LOG.warn("RadSec: the connection of " + remote() + " is closed: " + sentence + ".", null);
        }
        context.close();
    }

    private InetSocketAddress remote() {
        return (InetSocketAddress) context.channel().remoteAddress();
    }
}
