package io.patchbay.access;

import io.patchbay.access.AccessCounters.Outcome;
import io.patchbay.binding.Decider;
import io.patchbay.binding.PasswordProof;
import io.patchbay.binding.Resolution;
import io.patchbay.binding.Resolver;
import io.patchbay.request.RequestEnd;
import org.apache.camel.Exchange;

/** Who a request is about, and whether it proves to be: from memory, for the first time or after memory has learned more. */
final class Identification {
    private final Resolver resolver;
    private final Decider decider;
    private final WaitingRoom slowPasswords;
    private final RequestEnd<Outcome> end;

    /** @param slowPasswords where those wait whose password is a slow hash */
    Identification(Resolver resolver, Decider decider, WaitingRoom slowPasswords, RequestEnd<Outcome> end) {
        this.resolver = resolver;
        this.decider = decider;
        this.slowPasswords = slowPasswords;
        this.end = end;
    }

    /**
     * Raises {@link Headers#SLOW_PASSWORD} when the proof has to be looked at beside the event loop, and ends the request when
     * too many of its NAS wait there.
     */
    void identify(Exchange exchange, AccessRequest request) {
        Resolution resolution = resolver.resolve(request.question());
        request.resolution(resolution);
        prove(request);
        if (request.proof() == PasswordProof.Outcome.SLOW) {
            if (request.waitIn(slowPasswords)) {
                exchange.getMessage().setHeader(Headers.SLOW_PASSWORD, Boolean.TRUE);
            } else {
                end.drop(exchange, Outcome.SHED);
            }
        }
    }

    void prove(AccessRequest request) {
        request.proof(decider.prove(request.question(), request.resolution()));
    }
}
