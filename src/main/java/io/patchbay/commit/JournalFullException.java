package io.patchbay.commit;

import java.io.IOException;

/** The journal is as large as it may be, or its disk as full as it may be. */
final class JournalFullException extends IOException {
    JournalFullException(String sentence) {
        super(sentence);
    }
}
