package io.patchbay.ledger;

/** What the operation is about is not in the ledger. */
public final class LedgerNotFound extends LedgerException {
    public LedgerNotFound(String message) {
        super(message);
    }
}
