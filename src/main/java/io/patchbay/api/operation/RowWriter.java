package io.patchbay.api.operation;

import java.io.IOException;

/** Writes rows one after the other. */
interface RowWriter<T> extends AutoCloseable {
    void add(T row) throws IOException;

    /** Everything is there: what is held back goes out. */
    void finish() throws IOException;

    /** Lets go of what it holds and writes nothing more. */
    @Override
    default void close() {}
}
