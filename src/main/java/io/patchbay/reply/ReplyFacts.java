package io.patchbay.reply;

import io.patchbay.binding.Binding;
import io.patchbay.binding.DenialReason;
import io.patchbay.radius.dictionary.AttributeFrame;

/**
 * What one reply is made of.
 *
 * @param binding null when nobody is known
 * @param reason null when access is granted
 * @param buffer where values are put together: room for a value that is too long by one whole part
 */
record ReplyFacts(Binding binding, DenialReason reason, byte[] buffer) {
    static final int MAXIMUM_VALUE_LENGTH = 253;

    static ReplyFacts of(Binding binding, DenialReason reason) {
        return new ReplyFacts(binding, reason, new byte[AttributeFrame.MAXIMUM_OVERHEAD + 2 * MAXIMUM_VALUE_LENGTH]);
    }
}
