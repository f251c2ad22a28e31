package io.patchbay.ledger.address;

/** Who chooses what is assigned from a pool. */
public enum PoolAuthority {
    /** This ledger; NetBox, when there is one, is a projection. */
    LOCAL,
    /** NetBox, one by one: its value wins. */
    NETBOX,
    /** The blocks are NetBox's; what is in them is assigned here, and mirrored there. */
    NETBOX_BLOCK
}
