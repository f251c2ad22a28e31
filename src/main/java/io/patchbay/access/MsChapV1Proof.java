package io.patchbay.access;

import io.patchbay.binding.PasswordProof;
import io.patchbay.ledger.Credential;
import io.patchbay.radius.MsChapV1;
import io.patchbay.wire.Octets;

/** MS-CHAP version 1 (RFC 2433), which old NASes and test clients still speak. */
record MsChapV1Proof(MsChapV1 response) implements PasswordProof {
    @Override
    public Outcome check(Credential credential) {
        byte[] ntHash = MsChapProof.ntHash(credential);
        if (ntHash == null) {
            return Outcome.IMPOSSIBLE;
        }
        return response.matches(ntHash) ? Outcome.PROVEN : Outcome.WRONG;
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
