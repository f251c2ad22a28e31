package io.patchbay.radius.tls;

/** A certificate or key that cannot be used; the message is a sentence that names the file and the mend. */
public final class TlsFileException extends RuntimeException {
    private static final long serialVersionUID = 1;

    TlsFileException(String sentence, Exception cause) {
        super(sentence, cause);
    }
}
