package io.patchbay.commit;

import java.io.IOException;
import java.util.List;

/** The folder of a journal: what is needed of a file system, so that a test can be one that fails. */
interface JournalFiles {
    /** Names of the files there are. */
    List<String> list() throws IOException;

    /** A new, empty file that only its owner reads. It is not sure to survive a power cut before {@link #forceFolder}. */
    JournalFile create(String name) throws IOException;

    byte[] read(String name) throws IOException;

    /** Takes off what lies behind {@code length}; on disk when it returns. */
    void cut(String name, long length) throws IOException;

    void delete(String name) throws IOException;

    void rename(String from, String to) throws IOException;

    /** What was created, deleted and renamed so far survives a power cut when this returns. */
    void forceFolder() throws IOException;

    /** Bytes that may still be written to this disk. */
    long freeBytes() throws IOException;

    /** For sentences to the operator. */
    String place();
}
