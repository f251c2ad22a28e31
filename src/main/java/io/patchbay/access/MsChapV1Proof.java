package io.patchbay.access;

import io.patchbay.binding.PasswordProof;
import io.patchbay.ledger.Credential;
import io.patchbay.radius.MsChapV1;

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
}
