package io.patchbay.ledger.address;

/** Which address of an IPv4 subnet is the NAS's own. */
public enum Gateway {
    /** The one after the network address. */
    FIRST,
    /** The one before the broadcast address. */
    LAST,
    NONE
}
