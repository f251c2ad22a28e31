package io.patchbay.session;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;

/**
 * One stored accounting record. What is null the NAS did not tell.
 *
 * @param kind {@code start}, {@code interim} or {@code stop}
 * @param receivedAt by our clock
 * @param eventAt by the NAS's clock (Event-Timestamp)
 * @param delaySeconds Acct-Delay-Time
 * @param bytesDown towards the subscriber; likewise {@code up} is from the subscriber
 * @param terminateCause Acct-Terminate-Cause, its number
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RecordView(
        long sessionId,
        String kind,
        Instant receivedAt,
        Instant eventAt,
        int delaySeconds,
        Long sessionSeconds,
        Long bytesDown,
        Long bytesUp,
        Long packetsDown,
        Long packetsUp,
        Long ipv6BytesDown,
        Long ipv6BytesUp,
        Long ipv6PacketsDown,
        Long ipv6PacketsUp,
        Integer terminateCause) {}
