package io.patchbay.binding;

/** What the index says to "who is this?". */
public sealed interface Resolution {
    /** @param byUser whether the user name led here (then proof is needed), or the line */
    record Found(Binding binding, boolean byUser) implements Resolution {}

    /** More than one line answers to the reported identifiers: a refusal, never a guess. */
    record Ambiguous(String detail) implements Resolution {}

    /** @param reason UNKNOWN_USER, UNKNOWN_LINE, NO_PROOF: what was looked for, or why nothing could be */
    record NotFound(DenialReason reason) implements Resolution {}
}
