package io.patchbay.commit;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A file that grows at its end. */
interface JournalFile extends Closeable {
    /** Writes all of it, or throws and may have written a part. */
    void append(ByteBuffer bytes) throws IOException;

    /**
     * What was appended survives a power cut when this returns. When it throws, what was appended since it last returned may be
     * lost even if a further call returns: the kernel may have dropped the pages and called them clean.
     */
    void force() throws IOException;

    void truncate(long length) throws IOException;
}
