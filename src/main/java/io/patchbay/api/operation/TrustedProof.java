package io.patchbay.api.operation;

import io.patchbay.binding.PasswordProof;
import io.patchbay.ledger.Credential;
import io.patchbay.wire.Octets;

/** The proof of a request that only wants to know what would be: whatever password it takes, it has. */
record TrustedProof() implements PasswordProof {
    @Override
    public Outcome check(Credential credential) {
        return Outcome.PROVEN;
    }

    @Override
    public boolean isPassword(Octets commonPassword) {
        return true;
    }

    @Override
    public boolean isPppOnly() {
        return false;
    }

    @Override
    public boolean isPresent() {
        return true;
    }
}
