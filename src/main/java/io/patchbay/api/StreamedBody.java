package io.patchbay.api;

import java.io.OutputStream;

/** An answer of any length, written while it is made. */
public interface StreamedBody {
    /** With its charset, such as {@code text/csv;charset=utf-8}. */
    String mediaType();

    /** Under which name a browser stores it. */
    String fileName();

    /**
     * Writes everything; what it throws before the first buffer is full becomes a problem, later it breaks off the connection,
     * so that nobody takes a part for the whole.
     */
    void writeTo(OutputStream out) throws Exception;
}
