package io.patchbay.commit;

/** What waits to be stored before it is acknowledged: the body of the exchange. */
public interface Committable {
    /** Who goes first when not everybody can. */
    enum Urgency {
        /** A subscriber waits for it, or it is said only once: a Start, a Stop, an Accounting-On, a lease. */
        FIRST,
        /** It will be said again with more: an Interim-Update. */
        LATER
    }

    Urgency urgency();

    /** Among which the queue is fair: the id of the NAS or relay. */
    long source();

    /**
     * What must be stored in the order of its arrival has the same key: a hash of the NAS and its Acct-Session-Id, or of a
     * lease. Those of one key and one urgency stay in order; a FIRST may overtake a LATER that waits.
     */
    long orderKey();

    /** {@link System#nanoTime()} when the datagram was read: it is of no use longer than its sender has patience. */
    long receivedNanos();

    /** All that is needed to store it later, for the journal; what {@link GroupStore#read} makes it from again. */
    byte[] journalBytes();
}
