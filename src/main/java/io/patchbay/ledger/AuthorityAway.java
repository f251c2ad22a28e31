package io.patchbay.ledger;

/** NetBox decides this, and does not answer: the same may succeed in a moment. What was asked of it is kept until then. */
public final class AuthorityAway extends LedgerException {
    public AuthorityAway(String message) {
        super(message);
    }
}
