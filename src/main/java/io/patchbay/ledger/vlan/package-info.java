/**
 * Which VLANs belong to whom: domains, pools with their ranges and exclusions, bindings, history.
 *
 * <p>A VLAN domain is where a tag means one thing: an OLT, or an aggregation network. In it a service is bound either to a pair
 * of its own (dedicated, 1:1; S-VLAN and C-VLAN, IEEE 802.1ad, or an S-VLAN alone) or to an S-VLAN that it shares with others
 * (shared, N:1; TR-101 section 2.5.1). An S-VLAN is used in one of the two ways, never in both.
 *
 * <p>The database keeps what is free itself, as runs of C-VLANs, by triggers (migration V33_1): whoever writes, what is not free
 * cannot be bound. This room asks it for the next, says who holds what is wanted, and tells the event log.
 */
package io.patchbay.ledger.vlan;
