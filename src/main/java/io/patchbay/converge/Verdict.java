package io.patchbay.converge;

/** What became of an attempt to converge one service. */
public sealed interface Verdict {
    /** @param summary what was done, or that nothing was to be done, as a sentence; likewise below */
    record Converged(String summary) implements Verdict {}

    /** Done as far as the equipment says; looked at again to see whether it is true. */
    record LookAgain(String summary) implements Verdict {}

    /** @param worthRetrying false when only a person can mend it */
    record Failed(String summary, boolean worthRetrying) implements Verdict {}

    /** The target as a whole cannot be worked with: waited for, and not counted as an attempt. */
    record Away(String summary) implements Verdict {}
}
