package io.patchbay.session;

/** What an Accounting-Request turned out to be. */
public sealed interface Reading {
    record Read(AccountingRecord record) implements Reading {}

    /**
     * It tells of something that is no session: tunnels and their links (RFC 2867 section 3), a failure, a type that nobody has
     * defined. It is acknowledged, so that the NAS does not go on telling, and not stored.
     */
    record NoSession(long statusType) implements Reading {}

    /** It cannot be stored, so it is not acknowledged (RFC 2866 section 4.1). */
    record Incomplete(Missing what) implements Reading {}

    enum Missing {
        /** RFC 2866 section 5.13 asks for exactly one. */
        STATUS_TYPE,
        /** Without it nobody knows which session a Start, Stop or Interim-Update is about (RFC 2866 section 5.5). */
        SESSION_ID
    }
}
