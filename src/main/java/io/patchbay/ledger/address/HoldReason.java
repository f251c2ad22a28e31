package io.patchbay.ledger.address;

/** Why something in a pool is neither free nor assigned. */
public enum HoldReason {
    /** A part that is never assigned. */
    RESERVED,
    /** Kept for a service, or for what a note says, until a time or until it is given up. */
    RESERVATION,
    /** Released lately: the service that had it gets it again, nobody else does. */
    COOL_DOWN,
    /** A former prefix, kept until its lifetimes have ended (RFC 9096 section 3.5). */
    RENUMBERED,
    /** Taken from its service, and not yet let go by every NAS, device and NetBox. */
    REVOKING,
    /** Somebody else's in NetBox. */
    FOREIGN,
    /** Seen in use by somebody else. */
    IN_USE
}
