package io.patchbay.session;

import io.patchbay.commit.GroupStore;
import java.util.List;

/** Stores the records of a group of requests; what comes back out of the journal is read again as it was when it came in. */
final class AccountingGroups implements GroupStore<AccountingRequest> {
    private final SessionStore store;
    private final JournaledAccounting journal;

    AccountingGroups(SessionStore store, JournaledAccounting journal) {
        this.store = store;
        this.journal = journal;
    }

    @Override
    public void store(List<AccountingRequest> group) {
        store.storeRecords(group.stream().map(AccountingRequest::record).toList());
    }

    @Override
    public AccountingRequest read(byte[] journalBytes) {
        return journal.read(journalBytes);
    }
}
