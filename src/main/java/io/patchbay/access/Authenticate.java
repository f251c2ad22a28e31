package io.patchbay.access;

import io.patchbay.access.AccessCounters.Outcome;
import io.patchbay.ledger.MessageAuthenticatorMode;
import io.patchbay.ledger.NasClient;
import io.patchbay.ledger.NasClient.NasSecret;
import io.patchbay.ledger.NasObservations;
import io.patchbay.radius.AttributeType;
import io.patchbay.radius.Authenticators;
import io.patchbay.radius.PacketCode;
import io.patchbay.radius.RadiusPacket;
import io.patchbay.radius.ReplyBuilder;
import io.patchbay.radius.SharedSecret;
import io.patchbay.radius.UserPassword;
import io.patchbay.request.ClientSecrets;
import io.patchbay.request.RequestEnd;
import io.patchbay.wire.IpPrefix;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Processor;

/**
 * The step {@code authenticate}: is this a true packet of that client, and a new one? What is not ends here, without an
 * answer or with the one it got before.
 */
final class Authenticate implements Processor {
    private final ClientSecrets secrets;
    private final NasObservations observations;
    private final RequestEnd<Outcome> end;

    Authenticate(ClientSecrets secrets, NasObservations observations, RequestEnd<Outcome> end) {
        this.secrets = secrets;
        this.observations = observations;
        this.end = end;
    }

    @Override
    public void process(Exchange exchange) {
        // The reply travels as the message's body. As "in-out" every pipeline would copy the headers into an out
        // message.
        exchange.setPattern(ExchangePattern.InOnly);
        AccessRequest request = AccessRequest.of(exchange);
        RadiusPacket packet = request.packet();
        if (packet.code() != PacketCode.ACCESS_REQUEST && packet.code() != PacketCode.STATUS_SERVER) {
            end.drop(exchange, Outcome.WRONG_CODE);
            return;
        }
        Outcome fault =
                packet.has(AttributeType.MESSAGE_AUTHENTICATOR) ? checkSignature(request) : checkUnsigned(request);
        if (fault != null) {
            end.drop(exchange, fault);
            return;
        }
        if (packet.code() == PacketCode.STATUS_SERVER) {
            byte[] alive = new ReplyBuilder(PacketCode.ACCESS_ACCEPT, packet, request.secret()).finish();
            end.reply(exchange, Outcome.STATUS, alive);
            return;
        }
        end.suppressDuplicate(exchange, request, Outcome.DUPLICATE, Outcome.REPEATED);
    }

    private Outcome checkSignature(AccessRequest request) {
        NasSecret proven = secrets.proven(
                request.nas(), secret -> Authenticators.hasRightMessageAuthenticator(request.packet(), secret));
        if (proven == null) {
            return Outcome.BAD_MESSAGE_AUTHENTICATOR;
        }
        request.secret(secrets.of(proven));
        observations.touchSecret(proven.id());
        if (request.nas().messageAuthenticator() == MessageAuthenticatorMode.AUTO && isOrdinary(request)) {
            observations.learnSigning(source(request));
        }
        return null;
    }

    /** EAP (RFC 3579 section 3.2) and Status-Server (RFC 5997 section 3) are always signed: nothing is learned from them. */
    private static boolean isOrdinary(AccessRequest request) {
        return request.packet().code() == PacketCode.ACCESS_REQUEST
                && !request.packet().has(AttributeType.EAP_MESSAGE);
    }

    private static IpPrefix source(AccessRequest request) {
        byte[] address = request.sender().getAddress().getAddress();
        return IpPrefix.of(address, address.length * 8);
    }

    private Outcome checkUnsigned(AccessRequest request) {
        NasClient nas = request.nas();
        boolean required = !isOrdinary(request)
                || switch (nas.messageAuthenticator()) {
                    case REQUIRE -> true;
                    case AUTO -> observations.isSigning(source(request));
                    case OFF -> false;
                };
        if (required) {
            if (nas.messageAuthenticator() == MessageAuthenticatorMode.AUTO
                    && observations.isSigning(source(request))) {
                observations.refusedUnsigned(source(request));
            }
            return Outcome.MISSING_MESSAGE_AUTHENTICATOR;
        }
        if (nas.limitProxyState() && request.packet().has(AttributeType.PROXY_STATE)) {
            return Outcome.UNPROTECTED_PROXY_STATE;
        }
        request.secret(unprovenSecret(request));
        return null;
    }

    /**
     * An unsigned request proves no secret. While two are live, the one counts under which its password reads as text;
     * without a password to tell by, the current one.
     */
    private SharedSecret unprovenSecret(AccessRequest request) {
        List<NasSecret> live = request.nas().secrets();
        if (live.size() > 1) {
            for (NasSecret candidate : live) {
                byte[] password = UserPassword.of(request.packet(), secrets.of(candidate));
                if (password != null && readsAsText(password)) {
                    observations.touchSecret(candidate.id());
                    return secrets.of(candidate);
                }
            }
        }
        return secrets.of(live.getFirst());
    }

    /** Sixteen bytes under the wrong secret are random, and that is hardly ever UTF-8 without control characters. */
    private static boolean readsAsText(byte[] password) {
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(password));
            return text.chars().noneMatch(Character::isISOControl);
        } catch (CharacterCodingException notText) {
            return false;
        }
    }
}
