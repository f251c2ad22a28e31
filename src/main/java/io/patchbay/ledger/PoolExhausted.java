package io.patchbay.ledger;

/** Nothing of what was asked for is left in a pool; the message names it. */
public final class PoolExhausted extends LedgerException {
    public PoolExhausted(String message) {
        super(message);
    }
}
