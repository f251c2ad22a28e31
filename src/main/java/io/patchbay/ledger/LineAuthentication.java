package io.patchbay.ledger;

/** Whether a NAS that is trusted for Option 82 may have subscribers identified by their line alone (IPoE). */
public enum LineAuthentication {
    /** A password proves every request. */
    OFF,
    /** The line identifies, and the password that the NAS sends for every line must be its common password. */
    CHECK_COMMON_PASSWORD,
    /** The line identifies; whatever the NAS sends as password is not looked at. */
    IGNORE_PASSWORD
}
