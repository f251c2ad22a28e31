package io.patchbay.commit;

import java.util.List;

/** Where groups go. Storing is idempotent by meaning: a group may come again after a crash or a lost acknowledgement. */
public interface GroupStore<T extends Committable> {
    /**
     * Stores the group durably, all of it or nothing, in the order given as far as order means something. Several threads call
     * it, each with groups of its own.
     *
     * @throws StoreAwayException when the store cannot be reached: the group goes to the journal
     * @throws RuntimeException when the group cannot be stored as it is: its members are tried one by one, and what fails
     *     then is not acknowledged
     */
    void store(List<T> group);

    /**
     * The opposite of {@link Committable#journalBytes}.
     *
     * @throws IllegalArgumentException when the bytes are none of its own
     */
    T read(byte[] journalBytes);
}
