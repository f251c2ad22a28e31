package io.patchbay.commit;

import io.patchbay.commit.CommitListener.Reason;

/** Neither the store nor the journal has the group, for a reason that is none of its members'. */
final class NotCommittedException extends RuntimeException {
    private final transient Reason reason;

    NotCommittedException(Reason reason, String sentence, Throwable cause) {
        super(sentence, cause);
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }
}
