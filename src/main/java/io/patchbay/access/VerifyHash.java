package io.patchbay.access;

import io.patchbay.binding.Resolution;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** The step {@code verify-hash}: verifies the password against the slow hash and leaves the outcome to be recalled. */
final class VerifyHash implements Processor {
    private final SlowPasswords slowPasswords;

    VerifyHash(SlowPasswords slowPasswords) {
        this.slowPasswords = slowPasswords;
    }

    @Override
    public void process(Exchange exchange) {
        exchange.getMessage().removeHeader(Headers.SLOW_PASSWORD);
        AccessRequest request = AccessRequest.of(exchange);
        if (request.question().proof() instanceof PapProof pap
                && request.resolution() instanceof Resolution.Found found) {
            slowPasswords.verify(found.binding().credential(), pap.password());
        }
    }
}
