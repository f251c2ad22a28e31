package io.patchbay.access;

import io.patchbay.binding.PasswordProof;
import io.patchbay.radius.ChapPassword;
import io.patchbay.radius.MsChapV2;
import io.patchbay.radius.UserPassword;

/** Finds the proof that a request carries; a NAS sends one (RFC 2865 section 5.2 and 5.3 exclude each other). */
final class Proofs {
    private static final PasswordProof NONE = new NoProof();

    private final SlowPasswords slowPasswords;

    Proofs(SlowPasswords slowPasswords) {
        this.slowPasswords = slowPasswords;
    }

    PasswordProof of(AccessRequest request) {
        byte[] password = UserPassword.of(request.packet(), request.secret());
        if (password != null) {
            return new PapProof(password, slowPasswords);
        }
        ChapPassword chap = ChapPassword.of(request.packet());
        if (chap != null) {
            return new ChapProof(chap);
        }
        MsChapV2 response = MsChapV2.of(request.packet());
        return response == null ? NONE : new MsChapProof(response);
    }
}
