package io.patchbay.vault;

/** Sealed bytes do not open: they name a key that is not there, were changed, or stand in another's place. */
public final class UnsealException extends RuntimeException {
    public UnsealException(String message) {
        super(message);
    }
}
