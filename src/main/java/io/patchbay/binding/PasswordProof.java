package io.patchbay.binding;

import io.patchbay.ledger.Credential;
import io.patchbay.wire.Octets;

/** How a request proves that its subscriber is one: PAP, CHAP, MS-CHAPv2, or not at all. */
public interface PasswordProof {
    /** Compares in constant time. */
    Outcome check(Credential credential);

    /** Whether the proof is the NAS's common password; false for every proof but PAP. */
    boolean isPassword(Octets commonPassword);

    /** Whether the request carries any proof. */
    boolean isPresent();

    /** Whether only PPP sends such a proof (CHAP, MS-CHAPv2): then the line alone never suffices. */
    boolean isPppOnly();

    enum Outcome {
        PROVEN,
        WRONG,
        /** The stored credential cannot answer this kind of proof. */
        IMPOSSIBLE,
        /** The credential is a slow hash that was not verified recently: it must be done off the event loop first. */
        SLOW
    }
}
