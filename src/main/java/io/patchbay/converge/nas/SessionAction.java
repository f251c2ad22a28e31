package io.patchbay.converge.nas;

import io.patchbay.reply.Fingerprint;

/** What is to be done about one session. {@code why} is a sentence for operators. */
sealed interface SessionAction {
    String why();

    /** It has what it is to have. */
    record Leave(String why) implements SessionAction {}

    /** @param wanted what it has when the NAS has done it; its shape is null when it was unknown before */
    record Change(String why, int wantedRates, Integer shape) implements SessionAction {
        static Change to(Fingerprint wanted, Fingerprint given, String why) {
            return new Change(why, wanted.rates(), given == null ? null : given.shape());
        }
    }

    record Disconnect(String why) implements SessionAction {}
}
