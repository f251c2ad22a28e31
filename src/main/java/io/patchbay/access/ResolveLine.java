package io.patchbay.access;

import io.patchbay.access.AccessCounters.Outcome;
import io.patchbay.binding.AccessQuestion;
import io.patchbay.binding.Decision;
import io.patchbay.binding.DenialReason;
import io.patchbay.binding.NegativeCache;
import io.patchbay.binding.PasswordProof;
import io.patchbay.binding.Resolution;
import io.patchbay.binding.Resolver;
import io.patchbay.radius.AttributeType;
import io.patchbay.radius.RadiusPacket;
import io.patchbay.request.LineAttributes;
import io.patchbay.request.RequestEnd;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * The step {@code resolve-line}: turns the packet into the question that it asks, and looks in memory for whoever it is
 * about. Nobody there raises the header {@link Headers#MISS}, unless the ledger said the same a moment ago.
 */
final class ResolveLine implements Processor {
    private static final int FRAMED_PROTOCOL = 7;
    private static final int FRAMED_PROTOCOL_PPP = 1;
    private static final int NAS_PORT_TYPE = 61;
    /** RFC 4603 section 3: PPPoA, PPPoEoA, PPPoEoE, PPPoEoVLAN, PPPoEoQinQ. */
    private static final int FIRST_PPP_PORT_TYPE = 30;

    private static final int LAST_PPP_PORT_TYPE = 34;
    private static final int USER_NAME = 1;

    private final LineAttributes lines;
    private final Proofs proofs;
    private final Resolver resolver;
    private final Identification identification;
    private final NegativeCache negatives;
    private final WaitingRoom misses;
    private final RequestEnd<Outcome> end;

    ResolveLine(
            LineAttributes lines,
            Proofs proofs,
            Resolver resolver,
            Identification identification,
            NegativeCache negatives,
            WaitingRoom misses,
            RequestEnd<Outcome> end) {
        this.lines = lines;
        this.proofs = proofs;
        this.resolver = resolver;
        this.identification = identification;
        this.negatives = negatives;
        this.misses = misses;
        this.end = end;
    }

    @Override
    public void process(Exchange exchange) {
        AccessRequest request = AccessRequest.of(exchange);
        AccessQuestion question = question(request);
        request.question(question);
        if (request.packet().has(AttributeType.EAP_MESSAGE)) {
            request.resolution(new Resolution.NotFound(DenialReason.EAP_NOT_SUPPORTED));
            request.decision(new Decision.Reject(null, DenialReason.EAP_NOT_SUPPORTED, List.of()));
            return;
        }
        identification.identify(exchange, request);
        if (request.resolution() instanceof Resolution.NotFound notFound
                && isWorthAsking(notFound.reason())
                && !Sought.of(question, resolver).isAbsent(negatives)) {
            if (request.waitIn(misses)) {
                exchange.getMessage().setHeader(Headers.MISS, Boolean.TRUE);
            } else {
                end.drop(exchange, Outcome.SHED);
            }
        }
    }

    private AccessQuestion question(AccessRequest request) {
        RadiusPacket packet = request.packet();
        PasswordProof proof = proofs.of(request);
        return new AccessQuestion(
                request.nas(),
                packet.text(USER_NAME),
                proof,
                lines.read(packet, request.nas()),
                proof.isPppOnly() || saysPpp(packet));
    }

    private static boolean saysPpp(RadiusPacket packet) {
        long portType = packet.integer(NAS_PORT_TYPE, -1);
        return packet.integer(FRAMED_PROTOCOL, -1) == FRAMED_PROTOCOL_PPP
                || portType >= FIRST_PPP_PORT_TYPE && portType <= LAST_PPP_PORT_TYPE;
    }

    private static boolean isWorthAsking(DenialReason reason) {
        return reason == DenialReason.UNKNOWN_USER || reason == DenialReason.UNKNOWN_LINE;
    }
}
