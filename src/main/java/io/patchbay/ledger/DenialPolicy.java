package io.patchbay.ledger;

/** How a NAS wants a subscriber handled who may not have the service (unknown, suspended, expired). */
public enum DenialPolicy {
    /** Access-Reject, after the reject delay. */
    REJECT,
    /** Access-Accept with the quarantine section of the reply profile: a bare reject loops IPoE clients. */
    QUARANTINE,
    /** No answer at all: another server may know the subscriber. */
    IGNORE
}
