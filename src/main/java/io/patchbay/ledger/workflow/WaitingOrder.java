package io.patchbay.ledger.workflow;

import io.patchbay.wire.Octets;
import java.time.Instant;

/**
 * A service that waits for its line, with what is known of that line; a null is not.
 *
 * @param since when its hints were given; when there are none, when its subscriber was made
 */
public record WaitingOrder(
        long serviceId,
        long tenantId,
        String subscriber,
        String userName,
        String plan,
        String accessNode,
        Long nasOfNode,
        String onuSerial,
        Integer uni,
        Octets circuitId,
        Octets remoteId,
        Octets mac,
        String note,
        Instant since) {}
