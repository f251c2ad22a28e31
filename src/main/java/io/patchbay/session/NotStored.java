package io.patchbay.session;

import io.patchbay.commit.CommitListener;
import io.patchbay.radius.DuplicateCache;
import io.patchbay.session.AccountingCounters.Outcome;

/** Hears of what is not acknowledged because it is not stored: counted, and new when the NAS tells it again. */
final class NotStored implements CommitListener<AccountingRequest> {
    private final DuplicateCache duplicates;
    private final AccountingCounters counters;

    NotStored(DuplicateCache duplicates, AccountingCounters counters) {
        this.duplicates = duplicates;
        this.counters = counters;
    }

    @Override
    public void notCommitted(AccountingRequest request, Reason reason) {
        duplicates.forget(request.duplicateKey());
        counters.count(
                switch (reason) {
                    case QUEUE_FULL, TOO_OLD, CLOSED -> Outcome.SHED;
                    case REFUSED, STORE_AWAY, JOURNAL_FULL, JOURNAL_FAILED -> Outcome.NOT_STORED;
                });
    }
}
