package io.patchbay.radius.coa;

import java.util.concurrent.CompletableFuture;

/** A way to a NAS. */
public interface CoaTransport {
    /** The word by which a NAS client chooses it: {@code udp}, {@code radsec}. */
    String name();

    /**
     * Sends, again if need be, and says how it ended.
     *
     * @return completed on the transport's own thread, never exceptionally: whoever continues there must not block it
     */
    CompletableFuture<CoaResult> send(CoaRequest request);
}
