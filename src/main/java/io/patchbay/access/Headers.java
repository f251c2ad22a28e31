package io.patchbay.access;

/** The headers by which the steps in Java tell the branches in YAML where a request goes; each is absent or TRUE. */
final class Headers {
    /** Memory knows nobody: ask the ledger. */
    static final String MISS = "PatchbayMiss";
    /** The password's hash is a slow one that was not verified recently. */
    static final String SLOW_PASSWORD = "PatchbaySlowPassword";

    /** The plan limits the service's sessions: count them. */
    static final String SESSION_LIMIT = "PatchbaySessionLimit";

    private Headers() {}
}
