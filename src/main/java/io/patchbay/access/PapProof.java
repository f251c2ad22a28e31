package io.patchbay.access;

import io.patchbay.binding.PasswordProof;
import io.patchbay.ledger.Credential;
import io.patchbay.radius.MsChapV2;
import io.patchbay.wire.Octets;
import java.security.MessageDigest;

/**
 * PAP (RFC 2865 section 5.2): the password itself, so every kind of credential can answer.
 *
 * @param password as decrypted with the client's secret
 */
record PapProof(byte[] password, SlowPasswords slowPasswords) implements PasswordProof {
    @Override
    public Outcome check(Credential credential) {
        return switch (credential.scheme()) {
            case CLEARTEXT -> outcome(credential.secret(), password);
            case NT_HASH ->
                outcome(credential.secret(), MsChapV2.ntHash(Octets.of(password).text()));
            case BCRYPT, PBKDF2_SHA256 -> slowPasswords.recall(credential, password);
        };
    }

    @Override
    public boolean isPassword(Octets commonPassword) {
        return commonPassword != null && MessageDigest.isEqual(commonPassword.toByteArray(), password);
    }

    @Override
    public boolean isPppOnly() {
        return false;
    }

    /** The password stays out of logs. */
    @Override
    public String toString() {
        return "PapProof";
    }

    private static Outcome outcome(Octets expected, byte[] actual) {
        return MessageDigest.isEqual(expected.toByteArray(), actual) ? Outcome.PROVEN : Outcome.WRONG;
    }
}
