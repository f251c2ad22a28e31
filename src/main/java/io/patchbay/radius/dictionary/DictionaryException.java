package io.patchbay.radius.dictionary;

import java.nio.file.Path;

/** A dictionary cannot be used: names the file and line, what is wrong there, and the mend. */
public final class DictionaryException extends RuntimeException {
    DictionaryException(Path file, int line, String sentence) {
        super(file + ":" + line + ": " + sentence);
    }

    DictionaryException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
