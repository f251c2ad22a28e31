package io.patchbay.radius.coa;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.patchbay.radius.SharedSecret;
import io.patchbay.wire.Octets;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Sends CoA- and Disconnect-Requests over TLS (RFC 6614): the hub connects to the NAS, each proves itself by its certificate,
 * and the secret is {@code radsec} whatever the request says. A NAS has one connection, made when it is needed and closed
 * when it is idle; nothing is sent twice, since TCP does that. One thread does it all, so that nothing here is locked.
 */
public final class CoaTlsClient implements CoaTransport, AutoCloseable {
    public static final String NAME = "radsec";

    static final SharedSecret SECRET = new SharedSecret(Octets.ofText("radsec"));

    private static final String STOPPING =
            "The hub stopped before the NAS answered; what is due is sent after its start.";

    /** Who answers there: two NASes may share an address, and one may be renamed. */
    private record Place(InetSocketAddress address, String name) {}

    private final CoaTlsSettings settings;
    private final Supplier<SslContext> tls;
    private final Consumer<DroppedReply> dropped;
    private final EventLoopGroup group = new NioEventLoopGroup(1, new DefaultThreadFactory("coa-tls", true));
    private final EventLoop loop = group.next();
    private final Map<Place, CoaTlsConnection> connections = new HashMap<>();
    private boolean closed;

    /**
     * @param tls of the connections to come, with our certificate
     * @param dropped told of every reply that was not believed, on the sender's thread
     */
    public CoaTlsClient(CoaTlsSettings settings, Supplier<SslContext> tls, Consumer<DroppedReply> dropped) {
        this.settings = settings;
        this.tls = tls;
        this.dropped = dropped;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public CompletableFuture<CoaResult> send(CoaRequest request) {
        CoaExchange exchange = new CoaExchange(
                new CoaRequest(request.kind(), request.peer(), request.nas(), SECRET, request.attributes()));
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
        Place place = new Place(exchange.request.nas(), exchange.request.peer());
        CoaTlsConnection connection = connections.get(place);
        if (connection != null) {
            connection.send(exchange);
            return;
        }
        connection = new CoaTlsConnection(place.address(), place.name(), settings, dropped);
        connections.put(place, connection);
        connection.send(exchange);
        connection.open(loop, tls.get(), () -> connections.remove(place));
    }

    /** Closes the connections; whatever waits is told so. */
    @Override
    public void close() {
        loop.submit(() -> {
                    closed = true;
                    Map.copyOf(connections)
                            .values()
                            .forEach(connection -> connection.end(new CoaOutcome.Unsendable(STOPPING)));
                })
                .awaitUninterruptibly(5, TimeUnit.SECONDS);
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
