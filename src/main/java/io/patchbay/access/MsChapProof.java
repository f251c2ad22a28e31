package io.patchbay.access;

import io.patchbay.binding.PasswordProof;
import io.patchbay.ledger.Credential;
import io.patchbay.radius.MsChapV2;

/** MS-CHAPv2 (RFC 2759): a clear-text password or its NT hash can answer. */
record MsChapProof(MsChapV2 response) implements PasswordProof {
    @Override
    public Outcome check(Credential credential) {
        byte[] ntHash = ntHash(credential);
        if (ntHash == null) {
            return Outcome.IMPOSSIBLE;
        }
        return response.matches(ntHash) ? Outcome.PROVEN : Outcome.WRONG;
    }

    /** 16 bytes, or null when the credential is a hash of another kind. */
    static byte[] ntHash(Credential credential) {
        return switch (credential.scheme()) {
            case CLEARTEXT -> MsChapV2.ntHash(credential.secret().text());
            case NT_HASH -> credential.secret().toByteArray();
            case BCRYPT, PBKDF2_SHA256 -> null;
        };
    }
}
