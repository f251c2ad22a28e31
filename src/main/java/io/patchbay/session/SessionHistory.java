package io.patchbay.session;

import java.util.List;

/** What is stored of a session beside its row, looked up only where a record needs it. */
interface SessionHistory {
    /** The records that told of it. */
    List<ToldBefore> told(Session session);

    /** The addresses that it holds. */
    List<AddressSpan> held(Session session);
}
