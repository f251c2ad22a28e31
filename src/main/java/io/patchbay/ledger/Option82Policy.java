package io.patchbay.ledger;

/** What happens when a request's line is not the line of the service (Option 82, RFC 3046, and reported VLANs). */
public enum Option82Policy {
    /** Refuse, and note the mismatch. */
    ENFORCE,
    /** Grant, and note the mismatch. */
    LOG,
    /** Grant, and compare nothing. */
    IGNORE,
    /** Grant the quarantine profile, and note the mismatch. */
    QUARANTINE
}
