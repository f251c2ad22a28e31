package io.patchbay.ledger.vlan;

/** What of a VLAN domain is in a pool; ranges of one domain never overlap. */
public record VlanRange(long id, long poolId, VlanSpan span) {}
