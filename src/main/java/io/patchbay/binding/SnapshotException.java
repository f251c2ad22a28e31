package io.patchbay.binding;

/** The snapshot file cannot be used; the message says why, and is for an operator. */
public class SnapshotException extends RuntimeException {
    public SnapshotException(String message) {
        super(message);
    }

    public SnapshotException(String message, Throwable cause) {
        super(message, cause);
    }
}
