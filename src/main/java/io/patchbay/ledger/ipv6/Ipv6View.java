package io.patchbay.ledger.ipv6;

import io.patchbay.ledger.address.AddressHold;
import java.time.Instant;
import java.util.List;

/**
 * How far a service has come with IPv6; a null is not set.
 *
 * @param mode the service's, or what it would be given
 * @param state null for a service that was never asked for any: it gets what is assigned to it, as far as its mode gives it
 * @param reason why it failed, or what it waits for
 * @param former what it had and nobody else gets yet
 * @param heldBy who may still use what was taken, a sentence each
 */
public record Ipv6View(
        long serviceId,
        Ipv6Mode mode,
        Ipv6State state,
        String reason,
        Instant changedAt,
        Ipv6Wish wish,
        List<AssignedPrefix> assigned,
        List<AddressHold> former,
        List<String> heldBy) {
    static Ipv6View of(Ipv6Standing standing, List<AddressHold> former, List<String> heldBy) {
        Ipv6Row row = standing.row();
        return new Ipv6View(
                standing.serviceId(),
                standing.wantedMode(),
                standing.state(),
                row == null ? null : row.reason(),
                row == null ? null : row.changedAt(),
                row == null ? Ipv6Wish.of(null) : row.wish(),
                standing.assigned(),
                former,
                heldBy);
    }
}
