package io.patchbay.line;

/** A line-template file cannot be used; the message is {@code file:line: what is wrong and how to mend it}. */
public class LineTemplateException extends RuntimeException {
    public LineTemplateException(String message) {
        super(message);
    }
}
