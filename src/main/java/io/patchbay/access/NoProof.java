package io.patchbay.access;

import io.patchbay.binding.PasswordProof;
import io.patchbay.ledger.Credential;

/** A request without any password. */
record NoProof() implements PasswordProof {
    @Override
    public Outcome check(Credential credential) {
        return Outcome.WRONG;
    }

    @Override
    public boolean isPresent() {
        return false;
    }

    @Override
    public boolean isPppOnly() {
        return false;
    }
}
