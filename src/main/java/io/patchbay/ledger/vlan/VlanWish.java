package io.patchbay.ledger.vlan;

/** What a service is to be bound to. */
public sealed interface VlanWish {

    /** The next free of the plan's pool; what is bound from that pool already, or chosen for the service alone, stays. */
    record OfPlan() implements VlanWish {}

    /**
     * The next free of a pool; what is bound from it already stays.
     *
     * @param overrides whether it is kept when the plan or the plan's pool changes
     */
    record NextOf(long poolId, boolean overrides) implements VlanWish {}

    /**
     * These VLANs, in whichever pool they lie or in none, for this service alone: kept when its plan changes.
     *
     * @param cVlan null for no inner tag; always null when shared
     */
    record Chosen(long domainId, VlanModel model, int sVlan, Integer cVlan) implements VlanWish {}

    static VlanWish ofPlan() {
        return new OfPlan();
    }

    static VlanWish nextOf(long poolId) {
        return new NextOf(poolId, false);
    }
}
