package io.patchbay.ledger;

/** What was asked for can never be: a value out of range, an unknown column. */
public final class LedgerInvalid extends LedgerException {
    public LedgerInvalid(String message) {
        super(message);
    }
}
