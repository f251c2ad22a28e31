package io.patchbay.access;

import io.patchbay.binding.PasswordProof;
import io.patchbay.ledger.Credential;

/**
 * A proof of the wrong length or form: it proves nothing, and since somebody meant to
 * prove something, the line alone does not suffice either.
 */
record UnreadableProof() implements PasswordProof {
    @Override
    public Outcome check(Credential credential) {
        return Outcome.WRONG;
    }
}
