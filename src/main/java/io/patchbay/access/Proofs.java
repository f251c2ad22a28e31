package io.patchbay.access;

import io.patchbay.binding.PasswordProof;
import io.patchbay.radius.AttributeType;
import io.patchbay.radius.ChapPassword;
import io.patchbay.radius.MsChapV2;
import io.patchbay.radius.RadiusPacket;
import io.patchbay.radius.UserPassword;

/** Finds the proof that a request carries; one request carries one (RFC 2865 section 4.1). */
final class Proofs {
    private static final int MS_CHAP_RESPONSE = 1;

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
        return packet.vendor(MsChapV2.MICROSOFT, MS_CHAP_RESPONSE) == null ? NONE : UNREADABLE;
    }
}
