package io.patchbay.access;

import io.patchbay.binding.Decider;
import io.patchbay.binding.PasswordProof.Outcome;
import io.patchbay.binding.Resolution;
import io.patchbay.binding.Resolver;
import org.apache.camel.Exchange;

/** Who a request is about, and whether it proves to be: from memory, for the first time or after memory has learned more. */
final class Identification {
    private final Resolver resolver;
    private final Decider decider;

    Identification(Resolver resolver, Decider decider) {
        this.resolver = resolver;
        this.decider = decider;
    }

    /** Raises {@link Headers#SLOW_PASSWORD} when the proof has to be looked at beside the event loop. */
    void identify(Exchange exchange, AccessRequest request) {
        Resolution resolution = resolver.resolve(request.question());
        request.resolution(resolution);
        prove(request);
        if (request.proof() == Outcome.SLOW) {
            exchange.getMessage().setHeader(Headers.SLOW_PASSWORD, Boolean.TRUE);
        }
    }

    void prove(AccessRequest request) {
        request.proof(decider.prove(request.question(), request.resolution()));
    }
}
