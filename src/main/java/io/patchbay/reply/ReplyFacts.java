package io.patchbay.reply;

import io.patchbay.binding.Binding;
import io.patchbay.binding.DenialReason;
import io.patchbay.radius.dictionary.AttributeFrame;

/**
 * What one reply is made of.
 *
 * @param binding null when nobody is known
 * @param reason null when access is granted
 * @param session null in a reply: known only where a live session is changed
 * @param buffer where values are put together: room for a value that is too long by one whole part
 */
record ReplyFacts(Binding binding, DenialReason reason, SessionFacts session, byte[] buffer) {
    static final int MAXIMUM_VALUE_LENGTH = 253;

    static ReplyFacts of(Binding binding, DenialReason reason) {
        return new ReplyFacts(binding, reason, null, newBuffer());
    }

    /** @param binding null where only the session is named */
    static ReplyFacts ofSession(Binding binding, SessionFacts session) {
        return new ReplyFacts(binding, null, session, newBuffer());
    }

    private static byte[] newBuffer() {
        return new byte[AttributeFrame.MAXIMUM_OVERHEAD + 2 * MAXIMUM_VALUE_LENGTH];
    }
}
