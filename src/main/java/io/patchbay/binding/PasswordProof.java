package io.patchbay.binding;

import io.patchbay.ledger.Credential;
import io.patchbay.wire.Octets;

/** How a request proves that its subscriber is one: PAP, CHAP, MS-CHAP, or not at all. */
public interface PasswordProof {
    /** Compares in constant time. */
    Outcome check(Credential credential);

    /** Whether the proof is the NAS's common password; false for every proof but PAP. */
    default boolean isPassword(Octets commonPassword) {
        return false;
    }

    /** Whether the request carries any proof. */
    default boolean isPresent() {
        return true;
    }

    /** Whether only PPP sends such a proof (CHAP, MS-CHAP): then the line alone never suffices. */
    default boolean isPppOnly() {
        return true;
    }

    enum Outcome {
        PROVEN,
        WRONG,
        /** The stored credential cannot answer this kind of proof. */
        IMPOSSIBLE,
        /** The credential is a slow hash that was not verified recently: it must be done off the event loop first. */
        SLOW
    }
}
