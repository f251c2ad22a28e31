package io.patchbay.line;

/** What kind of name a line identifier is; names of different kinds never match each other. */
public enum IdentifierKind {
    /** Agent Circuit-ID: RFC 3046 sub-option 1, RFC 4679 Agent-Circuit-Id. */
    CIRCUIT_ID,
    /** Agent Remote-ID: RFC 3046 sub-option 2, RFC 4679 Agent-Remote-Id. */
    REMOTE_ID,
    /** NAS-Port-Id, RFC 2869 section 5.17. */
    NAS_PORT_ID,
    /** The six bytes of the subscriber's MAC address, as in Calling-Station-Id. */
    MAC
}
