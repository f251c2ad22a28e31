package io.patchbay.api.operation;

import io.patchbay.binding.Decision;
import io.patchbay.ledger.NasClient;
import io.patchbay.radius.AttributeWriter;
import io.patchbay.radius.SharedSecret;
import io.patchbay.radius.dictionary.AttributeListing;
import io.patchbay.radius.dictionary.Dictionary;
import io.patchbay.reply.ReplyProfile;
import io.patchbay.reply.ReplyProfiles;
import io.patchbay.wire.Octets;
import java.util.List;

/** Writes the reply that a decision would have, and reads it back in words. What only the request's proof adds is missing. */
final class ReplyRehearsal {
    private static final int HEADER_LENGTH = 20;
    private static final int AUTHENTICATOR_LENGTH = 16;

    private final ReplyProfiles profiles;
    private final AttributeListing listing;

    ReplyRehearsal(ReplyProfiles profiles, Dictionary dictionary) {
        this.profiles = profiles;
        this.listing = new AttributeListing(dictionary);
    }

    List<String> attributes(Decision decision, NasClient nas) {
        byte[] packet = new byte[AttributeWriter.MAXIMUM_PACKET_LENGTH];
        // Encrypted values are masked in the listing, so any secret serves.
        AttributeWriter out = new AttributeWriter(
                packet, HEADER_LENGTH, new SharedSecret(Octets.ofText("rehearsal")), new byte[AUTHENTICATOR_LENGTH]);
        ReplyProfile profile = profiles.profile(nas.vendor());
        switch (decision) {
            case Decision.Grant grant -> profile.grant(out, grant.binding());
            case Decision.Quarantine denied -> profile.quarantine(out, denied.binding(), denied.reason());
            case Decision.Reject denied -> profile.reject(out, denied.reason());
            case Decision.Unknown silence -> {
                return List.of();
            }
        }
        return listing.lines(packet, HEADER_LENGTH, out.end());
    }
}
