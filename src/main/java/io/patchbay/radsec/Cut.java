package io.patchbay.radsec;

/** Why the hub closed a connection; the name in lower case is the metric's {@code cause}. */
enum Cut {
    /** {@code max-connections} reached. */
    TOO_MANY,
    /** {@code max-connections-per-nas} reached. */
    TOO_MANY_OF_NAS,
    /** No TLS, too old a one, no certificate or one of another authority, or not done in time. */
    HANDSHAKE,
    /** The index is not complete yet. */
    NOT_READY,
    /** No NAS client bears a name of the certificate, or no longer. */
    UNKNOWN_CERTIFICATE,
    EXPIRED_CERTIFICATE,
    MALFORMED,
    /** A packet that began and did not end in time. */
    SLOW_PACKET,
    /** Replies that the peer did not read in time. */
    SLOW_READER,
    IDLE,
    ERROR
}
