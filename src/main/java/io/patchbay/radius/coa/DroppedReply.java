package io.patchbay.radius.coa;

/** Why a datagram that came to one of our sockets was not believed. */
public enum DroppedReply {
    MALFORMED,
    /** Nothing was asked, or it was answered already, or the code is no answer to what was asked. */
    UNEXPECTED,
    /** An authenticator is wrong: another secret, or a forger. */
    FORGED
}
