package io.patchbay.commit;

/** Hears of what is not acknowledged. It is called by whichever thread finds out, and must not wait. */
public interface CommitListener<T extends Committable> {
    /** Why an item was not stored. */
    enum Reason {
        /** More waits than the queue holds, and this one's turn was the last. */
        QUEUE_FULL,
        /** Its sender has given up on it and asks again, or has done so. */
        TOO_OLD,
        /** It cannot be stored as it is, alone or with others. */
        REFUSED,
        /** The store is away, and there is no journal. */
        STORE_AWAY,
        /** The store is away, and the journal is as large as it may be, or the disk as full. */
        JOURNAL_FULL,
        /** The store is away, and the disk failed to take it into the journal. */
        JOURNAL_FAILED,
        /** The hub stops. */
        CLOSED
    }

    void notCommitted(T item, Reason reason);
}
