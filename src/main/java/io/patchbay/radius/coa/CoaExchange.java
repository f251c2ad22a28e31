package io.patchbay.radius.coa;

import io.netty.util.concurrent.Future;
import io.patchbay.radius.AttributeType;
import io.patchbay.radius.Authenticators;
import io.patchbay.radius.RadiusPacket;
import io.patchbay.radius.RequestBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A request on its way: its one datagram, what was sent of it and when. Lives on the sender's thread. */
final class CoaExchange {
    /** RFC 2869 section 5.3. */
    private static final int EVENT_TIMESTAMP = 55;

    private static final int ERROR_CAUSE = 101;

    final CoaRequest request;
    final CompletableFuture<CoaResult> future = new CompletableFuture<>();
    private final List<Attempt> attempts = new ArrayList<>(3);
    private byte[] packet;
    private byte[] authenticator;
    private long lastSentNanos;
    private String sendFailure;
    /** Its place among the identifiers; -1 while it waits for one. */
    int slot = -1;

    Future<?> timer;

    CoaExchange(CoaRequest request) {
        this.request = request;
    }

    /** Makes the datagram: what is sent again is the same, byte for byte (RFC 5176 section 2.3). */
    void assemble(int identifier, Instant now) {
        RequestBuilder builder = new RequestBuilder(request.kind().code(), identifier, request.secret());
        request.attributes().accept(builder.attributes());
        builder.attributes().putInteger(EVENT_TIMESTAMP, (int) now.getEpochSecond());
        packet = builder.finish();
        authenticator = Arrays.copyOfRange(packet, 4, RadiusPacket.HEADER_LENGTH);
    }

    byte[] packet() {
        return packet;
    }

    int sent() {
        return attempts.size();
    }

    void noteSent(Instant now, long nanos) {
        attempts.add(new Attempt(attempts.size() + 1, now, request.nas(), null));
        lastSentNanos = nanos;
        sendFailure = null;
    }

    void noteSendFailure(Throwable cause) {
        sendFailure = "The datagram to " + request.nas() + " could not be sent: " + cause.getMessage()
                + ". Check the route to the NAS and the address that the hub sends from.";
    }

    /** What the reply says; null when it is no answer to this. @throws ForgedException when it is not the NAS's */
    CoaOutcome read(RadiusPacket reply, long nanos) throws ForgedException {
        boolean ack = reply.code() == request.kind().ack();
        if (!ack && reply.code() != request.kind().nak()) {
            return null;
        }
        boolean signed = Authenticators.hasRightResponseAuthenticator(reply, authenticator, request.secret());
        boolean sealed = !reply.has(AttributeType.MESSAGE_AUTHENTICATOR)
                || Authenticators.hasRightMessageAuthenticator(reply, authenticator, request.secret());
        if (!signed || !sealed) {
            throw new ForgedException();
        }
        attempts.addLast(attempts.removeLast().answeredAfter(Duration.ofNanos(nanos - lastSentNanos)));
        return ack ? new CoaOutcome.Ack() : new CoaOutcome.Nak((int) reply.integer(ERROR_CAUSE, ErrorCause.UNSAID));
    }

    /** Nobody answered, or nothing ever left. */
    CoaOutcome unanswered() {
        return sendFailure == null ? new CoaOutcome.NoAnswer() : new CoaOutcome.Unsendable(sendFailure);
    }

    void end(CoaOutcome outcome) {
        if (timer != null) {
            timer.cancel(false);
        }
        future.complete(new CoaResult(outcome, List.copyOf(attempts)));
    }

    static final class ForgedException extends Exception {
        private static final long serialVersionUID = 1;

        ForgedException() {
            super(null, null, false, false);
        }
    }
}
