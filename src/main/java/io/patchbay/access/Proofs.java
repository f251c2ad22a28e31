package io.patchbay.access;

import io.patchbay.binding.PasswordProof;
import io.patchbay.radius.AttributeType;
import io.patchbay.radius.ChapPassword;
import io.patchbay.radius.MsChapV1;
import io.patchbay.radius.MsChapV2;
import io.patchbay.radius.RadiusPacket;
import io.patchbay.radius.UserPassword;

/** Finds the proof that a request carries; one request carries one (RFC 2865 section 4.1). */
final class Proofs {
    private static final PasswordProof NONE = new NoProof();
    private static final PasswordProof UNREADABLE = new UnreadableProof();

    private final SlowPasswords slowPasswords;

    Proofs(SlowPasswords slowPasswords) {
        this.slowPasswords = slowPasswords;
    }

    PasswordProof of(AccessRequest request) {
        RadiusPacket packet = request.packet();
        if (packet.has(AttributeType.USER_PASSWORD)) {
            byte[] password = UserPassword.of(packet, request.secret());
            return password == null ? UNREADABLE : new PapProof(password, slowPasswords);
        }
        if (packet.has(AttributeType.CHAP_PASSWORD)) {
            ChapPassword chap = ChapPassword.of(packet);
            return chap == null ? UNREADABLE : new ChapProof(chap);
        }
        if (packet.vendor(MsChapV2.MICROSOFT, MsChapV2.MS_CHAP2_RESPONSE) != null) {
            MsChapV2 response = MsChapV2.of(packet);
            return response == null ? UNREADABLE : new MsChapProof(response);
        }
        if (packet.vendor(MsChapV2.MICROSOFT, MsChapV1.MS_CHAP_RESPONSE) != null) {
            MsChapV1 response = MsChapV1.of(packet);
            return response == null ? UNREADABLE : new MsChapV1Proof(response);
        }
        return NONE;
    }
}
