package io.patchbay.access;

import io.patchbay.binding.PasswordProof;
import io.patchbay.ledger.Credential;
import io.patchbay.radius.ChapPassword;

/** CHAP (RFC 2865 section 5.3): only a clear-text password can answer. */
record ChapProof(ChapPassword chap) implements PasswordProof {
    @Override
    public Outcome check(Credential credential) {
        if (credential.scheme() != Credential.Scheme.CLEARTEXT) {
            return Outcome.IMPOSSIBLE;
        }
        return chap.matches(credential.secret().toByteArray()) ? Outcome.PROVEN : Outcome.WRONG;
    }
}
