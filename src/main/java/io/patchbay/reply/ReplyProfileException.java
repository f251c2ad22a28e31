package io.patchbay.reply;

/** A reply profile cannot be used: names the file and line, what is wrong there, and the mend. */
public final class ReplyProfileException extends RuntimeException {
    ReplyProfileException(String sentence) {
        super(sentence);
    }

    ReplyProfileException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
