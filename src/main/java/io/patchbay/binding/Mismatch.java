package io.patchbay.binding;

import io.patchbay.line.IdentifierKind;
import io.patchbay.wire.Octets;
import java.util.List;

/**
 * One thing in which the reported line is not the line of the service.
 *
 * @param kind null when the VLAN tags differ
 * @param expected what the ledger holds; null when it holds none
 * @param seen what the request said; null when it said nothing
 */
public record Mismatch(IdentifierKind kind, Octets expected, Octets seen) {
    /** The one word for all of these, at least one. */
    public static DenialReason reason(List<Mismatch> mismatches) {
        if (mismatches.stream().allMatch(mismatch -> mismatch.kind() == null)) {
            return DenialReason.VLAN_MISMATCH;
        }
        return mismatches.stream().allMatch(mismatch -> mismatch.seen() == null)
                ? DenialReason.LINE_NOT_REPORTED
                : DenialReason.LINE_MISMATCH;
    }
}
