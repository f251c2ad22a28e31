package io.patchbay.converge.nas;

import io.patchbay.wire.Octets;
import java.time.Instant;

/**
 * One CoA- or Disconnect-Request as it was sent.
 *
 * @param serviceId 0 when nobody knew whose session it was
 * @param kind change or disconnect
 * @param actor who or what wanted it; {@code cause} says why, as a sentence
 * @param attempt from 1; 0 when nothing could be sent
 * @param destination address and port; null when nothing was sent
 * @param outcome ack, nak, no-answer or unsendable
 * @param errorCause number and name; null when the NAS did not say one
 * @param reason why it could not be sent; null otherwise
 * @param roundTripMicros null when no answer came
 */
public record CoaAttemptView(
        long id,
        long sessionId,
        long serviceId,
        String nasName,
        Octets acctSessionId,
        String kind,
        String actor,
        String cause,
        int attempt,
        Instant sentAt,
        String destination,
        String outcome,
        String errorCause,
        String reason,
        Long roundTripMicros) {}
