package io.patchbay.reply;

/** Appends a part of an attribute's value, or all of it. */
interface ValuePart {
    int ABSENT = -1;

    /**
     * @param index which value of a many-valued placeholder; 0 otherwise
     * @return where the part ends; {@link #ABSENT} when its placeholder has no value
     */
    int append(ReplyFacts facts, int index, byte[] target, int offset);
}
