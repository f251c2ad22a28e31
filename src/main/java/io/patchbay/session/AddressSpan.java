package io.patchbay.session;

import java.time.Instant;

/** An address that a session holds or held, and when. */
final class AddressSpan {
    final HeldAddress address;
    final Instant from;
    /** Whether it is in the database. */
    final boolean stored;
    /** null for as long as the session lasts. */
    Instant until;

    AddressSpan(HeldAddress address, Instant from, boolean stored) {
        this.address = address;
        this.from = from;
        this.stored = stored;
    }
}
