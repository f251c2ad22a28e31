package io.patchbay.session;

import io.patchbay.binding.BindingIndex;
import io.patchbay.commit.GroupStore;
import io.patchbay.commit.StoreAwayException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Stores the records of a group of requests. What comes back out of the journal is read again by the code that read it first;
 * after a start that may be before the index is complete, and then it waits, so that no session is stored as nobody's.
 */
final class AccountingGroups implements GroupStore<AccountingRequest> {
    private final Consumer<List<AccountingRecord>> store;
    private final JournaledAccounting journal;
    private final BindingIndex index;

    /** @param store as {@link SessionStore#storeRecords} */
    AccountingGroups(Consumer<List<AccountingRecord>> store, JournaledAccounting journal, BindingIndex index) {
        this.store = store;
        this.journal = journal;
        this.index = index;
    }

    @Override
    public void store(List<AccountingRequest> group) {
        List<AccountingRecord> records = new ArrayList<>(group.size());
        for (AccountingRequest request : group) {
            records.add(record(request));
        }
        store.accept(records);
    }

    private AccountingRecord record(AccountingRequest request) {
        if (request.record() != null) {
            return request.record();
        }
        if (!index.isComplete()) {
            throw new StoreAwayException(
                    "The bindings are not read yet, by which journaled accounting finds its owner.", null);
        }
        return journal.read(request.journalBytes()).record();
    }

    @Override
    public AccountingRequest read(byte[] journalBytes) {
        return index.isComplete() ? journal.read(journalBytes) : journal.readRequest(journalBytes);
    }
}
