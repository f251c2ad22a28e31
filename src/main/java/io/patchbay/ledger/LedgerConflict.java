package io.patchbay.ledger;

/** What was asked for belongs to somebody else, whom the message names. */
public final class LedgerConflict extends LedgerException {
    public LedgerConflict(String message) {
        super(message);
    }
}
