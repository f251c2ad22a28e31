package io.patchbay.ledger.vlan;

/**
 * What nobody gets: used by the network, or by somebody whom the ledger does not know.
 *
 * @param note why; null when not told
 */
public record VlanExclusion(long id, long domainId, VlanSpan span, String note) {}
