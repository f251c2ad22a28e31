package io.patchbay.ledger.netbox;

import java.util.Collection;

/** Has services compared with NetBox again, and NetBox repaired: the mirror's part, above the ledger. */
public interface MirrorRepair {
    /** Does not wait for it. @return how many became due */
    int repair(Collection<Long> serviceIds);
}
