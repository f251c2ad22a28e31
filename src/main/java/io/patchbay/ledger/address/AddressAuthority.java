package io.patchbay.ledger.address;

import io.patchbay.wire.IpPrefix;
import java.util.UUID;

/**
 * Who chooses in pools with the authority {@code netbox}: the room's port towards NetBox. Each call is made outside any
 * transaction and may take seconds; none throws for what NetBox does or does not.
 */
public interface AddressAuthority {
    /**
     * One resource for this claim: what was given under its key before, else a new one, kept there together with the key. Asked
     * again after a timeout or a crash it gives the same.
     */
    Allocation allocate(AddressPool pool, AddressClaim claim);

    /** Gives back whatever was given under this key; nothing having been given counts as given back. */
    LettingGo withdraw(AddressPool pool, UUID key);

    /** Gives back what was assigned; not being there any more counts as given back. */
    LettingGo release(AddressPool pool, IpPrefix prefix);

    /** What became of a claim. */
    sealed interface Allocation {
        record Given(IpPrefix prefix) implements Allocation {}

        /** NetBox has nothing of this length left. */
        record Exhausted() implements Allocation {}

        /** Somebody else has what was wanted. @param sentence names the holder as NetBox knows it */
        record Conflict(String sentence) implements Allocation {}

        /** NetBox did not answer, or not to the point; whether it gave something is not known. */
        record Away(String sentence) implements Allocation {}
    }

    sealed interface LettingGo {
        record Gone() implements LettingGo {}

        /** It is there still, as far as anybody knows; it is tried again later. */
        record Away(String sentence) implements LettingGo {}
    }
}
