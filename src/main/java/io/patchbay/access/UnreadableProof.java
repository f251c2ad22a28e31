package io.patchbay.access;

import io.patchbay.binding.PasswordProof;
import io.patchbay.ledger.Credential;
import io.patchbay.wire.Octets;

/**
 * A proof of the wrong length or form: it proves nothing, and since somebody meant to
 * prove something, the line alone does not suffice either.
 */
record UnreadableProof() implements PasswordProof {
    @Override
    public Outcome check(Credential credential) {
        return Outcome.WRONG;
    }

    @Override
    public boolean isPassword(Octets commonPassword) {
        return false;
    }

    @Override
    public boolean isPresent() {
        return true;
    }

    @Override
    public boolean isPppOnly() {
        return true;
    }
}
