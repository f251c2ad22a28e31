package io.patchbay.converge.nas;

import io.patchbay.radius.coa.CoaRequest;
import io.patchbay.radius.coa.CoaResult;
import java.util.List;

/**
 * What was sent about one session, and how it ended: the last request tells.
 *
 * @param sent none when nothing was to be done
 */
record SessionOutcome(SessionStep step, List<Sent> sent) {
    record Sent(CoaRequest.Kind kind, CoaResult result) {}

    Sent last() {
        return sent.getLast();
    }
}
