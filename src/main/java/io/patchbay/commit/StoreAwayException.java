package io.patchbay.commit;

/** The store cannot be reached just now. */
public final class StoreAwayException extends RuntimeException {
    public StoreAwayException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
