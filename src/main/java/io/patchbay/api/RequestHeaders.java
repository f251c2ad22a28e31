package io.patchbay.api;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** What a request says in its headers, as text. */
final class RequestHeaders {
    static final int LONGEST_REASON = 500;

    private RequestHeaders() {}

    /**
     * A header's value is bytes (RFC 9110 section 5.5), which the servlet takes for ISO-8859-1; most clients write UTF-8.
     *
     * @param value null when the header is absent; likewise what is returned
     */
    static String text(String value) {
        if (value == null) {
            return null;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            return value;
        }
    }

    static boolean isReason(String text) {
        return !text.isBlank()
                && text.length() <= LONGEST_REASON
                && text.chars().noneMatch(Character::isISOControl);
    }
}
