package io.patchbay.access;

import io.patchbay.binding.Decision;
import io.patchbay.binding.PasswordProof;
import io.patchbay.binding.Resolution;
import io.patchbay.radius.AttributeType;
import io.patchbay.radius.AttributeWriter;
import io.patchbay.radius.MsChapV2;
import io.patchbay.radius.PacketCode;
import io.patchbay.radius.ReplyBuilder;
import io.patchbay.reply.ReplyProfile;
import io.patchbay.reply.ReplyProfiles;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** The step {@code compose-reply}: the decision as attributes, by the reply profile of the NAS's vendor, signed. */
final class ComposeReply implements Processor {
    private static final int EAP_FAILURE = 4;

    private final ReplyProfiles profiles;

    ComposeReply(ReplyProfiles profiles) {
        this.profiles = profiles;
    }

    @Override
    public void process(Exchange exchange) {
        AccessRequest request = AccessRequest.of(exchange);
        request.reply(compose(request));
    }

    private byte[] compose(AccessRequest request) {
        ReplyProfile profile = profiles.profile(request.nas().vendor());
        return switch (request.decision()) {
            case Decision.Grant grant -> {
                ReplyBuilder reply = builder(PacketCode.ACCESS_ACCEPT, request);
                profile.grant(reply.attributes(), grant.binding());
                proveOurselves(reply.attributes(), request);
                yield reply.finish();
            }
            case Decision.Quarantine quarantine -> {
                ReplyBuilder reply = builder(PacketCode.ACCESS_ACCEPT, request);
                profile.quarantine(reply.attributes(), quarantine.binding(), quarantine.reason());
                proveOurselves(reply.attributes(), request);
                yield reply.finish();
            }
            case Decision.Reject reject -> {
                ReplyBuilder reply = builder(PacketCode.ACCESS_REJECT, request);
                profile.reject(reply.attributes(), reject.reason());
                refuseInTheirProtocol(reply.attributes(), request);
                yield reply.finish();
            }
            case Decision.Unknown unknown -> throw new IllegalStateException("silence has no reply");
        };
    }

    private static ReplyBuilder builder(int code, AccessRequest request) {
        return new ReplyBuilder(code, request.packet(), request.secret());
    }

    /** An MS-CHAPv2 peer wants to see that the server knows the password too, and takes its MPPE keys from that. */
    private static void proveOurselves(AttributeWriter attributes, AccessRequest request) {
        PasswordProof proof = request.question().proof();
        if (proof instanceof MsChapProof msChap
                && request.resolution() instanceof Resolution.Found found
                && found.binding().credential() != null) {
            byte[] ntHash = MsChapProof.ntHash(found.binding().credential());
            if (ntHash != null && msChap.response().matches(ntHash)) {
                attributes.putVendor(
                        MsChapV2.MICROSOFT,
                        MsChapV2.MS_CHAP2_SUCCESS,
                        msChap.response().success(ntHash));
                msChap.response().mppeKeys(ntHash).putInto(attributes);
            }
        }
    }

    /** The reason is the operator's, not the subscriber's: it would tell whoever guesses which names exist. */
    private static void refuseInTheirProtocol(AttributeWriter attributes, AccessRequest request) {
        if (request.question().proof() instanceof MsChapProof msChap) {
            byte[] error = msChap.response().error("Access denied");
            attributes.putVendor(MsChapV2.MICROSOFT, MsChapV2.MS_CHAP_ERROR, error);
        }
        byte[] eap = request.packet().eapMessage();
        if (eap != null && eap.length >= 2) {
            attributes.put(AttributeType.EAP_MESSAGE, new byte[] {EAP_FAILURE, eap[1], 0, 4});
        }
    }
}
