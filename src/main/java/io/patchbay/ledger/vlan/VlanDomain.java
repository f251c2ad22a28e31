package io.patchbay.ledger.vlan;

/** Where a tag means one thing: an OLT, or an aggregation network. */
public record VlanDomain(long id, String name) {}
