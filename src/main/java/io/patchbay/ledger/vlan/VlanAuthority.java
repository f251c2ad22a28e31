package io.patchbay.ledger.vlan;

/** Whose word counts for a pool. */
public enum VlanAuthority {
    /** The ledger's; NetBox, when there is one, is a projection. */
    LOCAL,
    /** NetBox's: its value wins. */
    NETBOX
}
