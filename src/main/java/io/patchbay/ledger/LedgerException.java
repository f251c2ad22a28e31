package io.patchbay.ledger;

/** An operation that the ledger refuses; the message is a sentence for whoever asked. Nothing was changed. */
public abstract sealed class LedgerException extends RuntimeException
        permits LedgerConflict, LedgerNotFound, LedgerInvalid, PoolExhausted, AuthorityAway {
    LedgerException(String message) {
        super(message);
    }
}
