package io.patchbay.ledger.address;

import io.patchbay.wire.IpPrefix;
import java.util.UUID;

/** Stands in where there is no NetBox: always away. */
final class NoNetBox implements AddressAuthority {
    private static final String SENTENCE = "there is none configured.";

    @Override
    public Allocation allocate(AddressPool pool, AddressClaim claim) {
        return new Allocation.Away(SENTENCE);
    }

    @Override
    public LettingGo withdraw(AddressPool pool, UUID key) {
        return new LettingGo.Away(SENTENCE);
    }

    @Override
    public LettingGo release(AddressPool pool, IpPrefix prefix) {
        return new LettingGo.Away(SENTENCE);
    }
}
