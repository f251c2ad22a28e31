package io.patchbay.radsec;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.timeout.IdleStateHandler;
import io.patchbay.radius.netty.RadiusStreamDecoder;
import io.patchbay.radius.netty.RadiusStreamEncoder;
import io.patchbay.radius.tls.TlsContexts;
import io.patchbay.session.AccountingRequest;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.component.netty.NettyConsumer;
import org.apache.camel.component.netty.ServerInitializerFactory;
import org.apache.camel.component.netty.handlers.ServerChannelHandler;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * What stands between a connection and the route: TLS, the cutting into packets, and {@link RadSecConnection}. The route
 * names it as {@code serverInitializerFactory}.
 */
final class RadSecPipeline extends ServerInitializerFactory {
    /** The header by which the route tells accounting from access: absent or TRUE. */
    private static final String ACCOUNTING = "PatchbayAccounting";

    private final TlsContexts tls;
    private final RadSecSettings settings;
    private final Supplier<RadSecConnection> connections;
    private final RadiusStreamEncoder encoder;
    /** Null in the one that the route names, which makes another for its consumer. */
    private final NettyConsumer consumer;

    RadSecPipeline(
            TlsContexts tls,
            RadSecSettings settings,
            Supplier<RadSecConnection> connections,
            RadiusStreamEncoder encoder,
            NettyConsumer consumer) {
        this.tls = tls;
        this.settings = settings;
        this.connections = connections;
        this.encoder = encoder;
        this.consumer = consumer;
    }

    @Override
    public ServerInitializerFactory createPipelineFactory(NettyConsumer of) {
        return new RadSecPipeline(tls, settings, connections, encoder, of);
    }

    @Override
    protected void initChannel(Channel channel) {
        SslHandler ssl = tls.server().newHandler(channel.alloc());
        ssl.setHandshakeTimeoutMillis(settings.handshakeTimeout().toMillis());
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.addLast(
                new FlushConsolidationHandler(FlushConsolidationHandler.DEFAULT_EXPLICIT_FLUSH_AFTER_FLUSHES, true));
        pipeline.addLast(ssl);
        pipeline.addLast(new IdleStateHandler(settings.idleTimeout().toMillis(), 0, 0, TimeUnit.MILLISECONDS));
        pipeline.addLast(new RadiusStreamDecoder(settings.packetTimeout()));
        // Holds back what one read brought in excess of what may be in flight.
        pipeline.addLast(new FlowControlHandler());
        pipeline.addLast(connections.get());
        pipeline.addLast(encoder);
        pipeline.addLast(new IntoTheRoute(consumer));
    }

    private static final class IntoTheRoute extends ServerChannelHandler {
        IntoTheRoute(NettyConsumer consumer) {
            super(consumer);
        }

        /** The route is told what it is; and however the request ends, its connection hears of it. */
        @Override
        protected void beforeProcess(Exchange exchange, ChannelHandlerContext context, Object message) {
            if (message instanceof AccountingRequest) {
                exchange.getMessage().setHeader(ACCOUNTING, Boolean.TRUE);
            }
            RadSecConnection connection = RadSecConnection.of(context.channel());
            exchange.getUnitOfWork().addSynchronization(new SynchronizationAdapter() {
                @Override
                public void onDone(Exchange done) {
                    connection.ended();
                }
            });
        }
    }
}
