package io.patchbay.ledger.address;

import java.time.Instant;

/**
 * What becomes of a prefix that a service no longer has, where its pool's cool-down is not enough.
 *
 * @param until null: until whoever holds it lets go
 */
public record Retention(HoldReason reason, Instant until, String note) {
    /** Its lifetimes in the subscriber's network end then (RFC 9096 section 3.5). */
    public static Retention renumbered(Instant until) {
        return new Retention(HoldReason.RENUMBERED, until, null);
    }

    /** Until every projection has let go of it: {@link AddressHolds#end}. */
    public static Retention revoking() {
        return new Retention(HoldReason.REVOKING, null, null);
    }
}
