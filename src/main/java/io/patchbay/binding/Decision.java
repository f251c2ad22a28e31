package io.patchbay.binding;

import java.util.List;

/** The answer to a request. */
public sealed interface Decision {
    /** @param noted mismatches that the policy only logs */
    record Grant(Binding binding, List<Mismatch> noted) implements Decision {}

    /** Access to the walled garden only. @param binding null when the line or user is unknown */
    record Quarantine(Binding binding, DenialReason reason, List<Mismatch> mismatches) implements Decision {}

    /** @param binding null when the line or user is unknown */
    record Reject(Binding binding, DenialReason reason, List<Mismatch> mismatches) implements Decision {}

    /** Nobody is known, and the NAS's policy is to stay silent. */
    record Unknown(DenialReason reason) implements Decision {}
}
