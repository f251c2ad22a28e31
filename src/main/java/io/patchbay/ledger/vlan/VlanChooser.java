package io.patchbay.ledger.vlan;

import io.patchbay.event.Actor;
import java.util.Optional;

/** Who chooses in pools with the authority {@code netbox}: the room's port towards NetBox. */
public interface VlanChooser {
    /** What was chosen. @param cVlan null for no inner tag */
    record Chosen(int sVlan, Integer cVlan) {}

    /**
     * Has NetBox choose, outside any transaction; asked again for the same it keeps to what it chose. What is prepared and not
     * taken goes back after a while.
     *
     * @throws io.patchbay.ledger.PoolExhausted when NetBox has none left, io.patchbay.ledger.LedgerConflict when the ledger cannot
     *     take what it chose, io.patchbay.ledger.LedgerInvalid for a pool in which NetBox cannot choose,
     *     io.patchbay.ledger.AuthorityAway when it did not answer
     */
    void prepare(VlanPool pool, long serviceId, Actor actor);

    /** What was chosen for a service, in the transaction that binds it; empty when nothing was prepared. */
    Optional<Chosen> take(VlanPool pool, long serviceId);
}
