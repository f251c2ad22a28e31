package io.patchbay.request;

import io.patchbay.ledger.NasClient;
import io.patchbay.radius.DuplicateKey;
import io.patchbay.radius.RadiusPacket;
import io.patchbay.radius.SharedSecret;
import java.net.InetSocketAddress;
import org.apache.camel.Exchange;

/** A request on its way through a route: the body of the exchange until it ends. */
public interface RadiusRequest {
    RadiusPacket packet();

    InetSocketAddress sender();

    NasClient nas();

    /** The secret that the request proved to know, or the client's current one when it proves none: it signs the reply. */
    SharedSecret secret();

    /** Null until the request was found to be new: then whoever ends it must complete or forget the key. */
    DuplicateKey duplicateKey();

    void duplicateKey(DuplicateKey key);

    /** It has ended before its route did. */
    default void ended() {}

    /** The request that the exchange carries; null when it has ended. */
    static RadiusRequest of(Exchange exchange) {
        return exchange.getMessage().getBody() instanceof RadiusRequest request ? request : null;
    }
}
