package io.patchbay.radius.coa;

import java.util.List;

/** @param attempts one for each datagram that was sent, in order */
public record CoaResult(CoaOutcome outcome, List<Attempt> attempts) {
    public static CoaResult unsendable(String reason) {
        return new CoaResult(new CoaOutcome.Unsendable(reason), List.of());
    }
}
