package io.patchbay.session;

import io.patchbay.ledger.NasClient.NasSecret;
import io.patchbay.ledger.NasObservations;
import io.patchbay.radius.AttributeType;
import io.patchbay.radius.Authenticators;
import io.patchbay.radius.PacketCode;
import io.patchbay.radius.RadiusPacket;
import io.patchbay.radius.ReplyBuilder;
import io.patchbay.radius.SharedSecret;
import io.patchbay.request.ClientSecrets;
import io.patchbay.request.RequestEnd;
import io.patchbay.session.AccountingCounters.Outcome;
import java.util.function.Predicate;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Processor;

/**
 * The step {@code authenticate-accounting}: is this a true packet of that client, and a new one? The Request Authenticator
 * proves it (RFC 2866 section 3); a Message-Authenticator must be right too, but nobody has to send one. What is not true ends
 * here without an answer.
 */
final class AuthenticateAccounting implements Processor {
    private final ClientSecrets secrets;
    private final NasObservations observations;
    private final RequestEnd<Outcome> end;

    AuthenticateAccounting(ClientSecrets secrets, NasObservations observations, RequestEnd<Outcome> end) {
        this.secrets = secrets;
        this.observations = observations;
        this.end = end;
    }

    @Override
    public void process(Exchange exchange) {
        // The reply travels as the message's body. As "in-out" every pipeline would copy the headers into an out
        // message.
        exchange.setPattern(ExchangePattern.InOnly);
        AccountingRequest request = AccountingRequest.of(exchange);
        switch (request.packet().code()) {
            case PacketCode.ACCOUNTING_REQUEST -> accounting(exchange, request);
            case PacketCode.STATUS_SERVER -> status(exchange, request);
            default -> end.drop(exchange, Outcome.WRONG_CODE);
        }
    }

    private void accounting(Exchange exchange, AccountingRequest request) {
        RadiusPacket packet = request.packet();
        if (!isProven(request, secret -> Authenticators.hasRightRequestAuthenticator(packet, secret))) {
            end.drop(exchange, Outcome.BAD_AUTHENTICATOR);
        } else if (packet.has(AttributeType.MESSAGE_AUTHENTICATOR)
                && !Authenticators.hasRightMessageAuthenticator(packet, request.secret())) {
            end.drop(exchange, Outcome.BAD_MESSAGE_AUTHENTICATOR);
        } else {
            end.suppressDuplicate(exchange, request, Outcome.DUPLICATE, Outcome.REPEATED);
        }
    }

    /** Always signed (RFC 5997 section 3); on this socket an Accounting-Response answers it (section 4.2). */
    private void status(Exchange exchange, AccountingRequest request) {
        RadiusPacket packet = request.packet();
        if (!packet.has(AttributeType.MESSAGE_AUTHENTICATOR)) {
            end.drop(exchange, Outcome.MISSING_MESSAGE_AUTHENTICATOR);
        } else if (!isProven(request, secret -> Authenticators.hasRightMessageAuthenticator(packet, secret))) {
            end.drop(exchange, Outcome.BAD_MESSAGE_AUTHENTICATOR);
        } else {
            byte[] alive = new ReplyBuilder(PacketCode.ACCOUNTING_RESPONSE, packet, request.secret()).finish();
            end.reply(exchange, Outcome.STATUS, alive);
        }
    }

    private boolean isProven(AccountingRequest request, Predicate<SharedSecret> proof) {
        NasSecret proven = secrets.proven(request.nas(), proof);
        if (proven == null) {
            return false;
        }
        request.secret(secrets.of(proven));
        observations.touchSecret(proven.id());
        return true;
    }
}
