package io.patchbay.ledger.vlan;

/** How lines live in an S-VLAN. */
public enum VlanModel {
    /** 1:1: the pair, or the single tag, is one line's own. */
    DEDICATED,
    /** N:1: many lines in one S-VLAN. */
    SHARED
}
