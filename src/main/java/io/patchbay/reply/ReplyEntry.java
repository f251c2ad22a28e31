package io.patchbay.reply;

import io.patchbay.radius.AttributeWriter;
import io.patchbay.radius.PacketTooLongException;
import io.patchbay.radius.dictionary.AttributeFrame;

/**
 * One line of a profile, compiled.
 *
 * @param condition null when there is none
 * @param wanted whether the condition must be present, or absent
 * @param many the many-valued placeholder of which each value makes an attribute; null when there is none
 * @param parts of the value, in order
 */
record ReplyEntry(
        AttributeFrame frame, int type, Fact condition, boolean wanted, Fact.Prefixes many, ValuePart[] parts) {

    void write(AttributeWriter out, ReplyFacts facts) {
        if (condition != null && condition.isPresent(facts) != wanted) {
            return;
        }
        int count = many == null ? 1 : many.of().apply(facts).size();
        byte[] buffer = facts.buffer();
        int start = frame.valueOffset();
        for (int index = 0; index < count; index++) {
            int end = start;
            for (ValuePart part : parts) {
                end = part.append(facts, index, buffer, end);
                if (end == ValuePart.ABSENT) {
                    return;
                }
                if (end - start > ReplyFacts.MAXIMUM_VALUE_LENGTH) {
                    throw new PacketTooLongException(type, end - start, out.end());
                }
            }
            frame.write(out, buffer, end - start);
        }
    }
}
