package io.patchbay.ledger.address;

import io.patchbay.wire.IpPrefix;

/**
 * A part of a pool.
 *
 * @param netBoxId the prefix in NetBox that it stands for; null when none
 */
public record AddressBlock(long id, long poolId, IpPrefix prefix, Long netBoxId) {}
