package io.patchbay.access;

import io.patchbay.access.AccessCounters.Outcome;
import io.patchbay.binding.PasswordProof;
import io.patchbay.binding.Resolution;
import io.patchbay.request.RequestEnd;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * The step {@code verify-hash}: verifies the password against the slow hash, unless a twin has done so meanwhile, and asks
 * for the proof again. A request that waited too long is dropped: the NAS has asked again.
 */
final class VerifyHash implements Processor {
    private final SlowPasswords slowPasswords;
    private final Identification identification;
    private final RequestEnd<Outcome> end;

    VerifyHash(SlowPasswords slowPasswords, Identification identification, RequestEnd<Outcome> end) {
        this.slowPasswords = slowPasswords;
        this.identification = identification;
        this.end = end;
    }

    @Override
    public void process(Exchange exchange) {
        exchange.getMessage().removeHeader(Headers.SLOW_PASSWORD);
        AccessRequest request = AccessRequest.of(exchange);
        request.stopWaiting();
        if (request.isTooOld()) {
            end.drop(exchange, Outcome.SHED);
            return;
        }
        if (request.question().proof() instanceof PapProof pap
                && request.resolution() instanceof Resolution.Found found
                && pap.check(found.binding().credential()) == PasswordProof.Outcome.SLOW) {
            slowPasswords.verify(found.binding().credential(), pap.password());
        }
        identification.prove(request);
    }
}
