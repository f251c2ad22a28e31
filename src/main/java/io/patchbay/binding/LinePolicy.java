package io.patchbay.binding;

import io.patchbay.ledger.NasClient;
import io.patchbay.ledger.Option82Policy;
import io.patchbay.line.AccessNode;
import io.patchbay.line.IdentifierKind;
import io.patchbay.line.LineTemplates;
import io.patchbay.line.ReportedLine;
import io.patchbay.line.VlanTags;
import io.patchbay.wire.Octets;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares the line that a request reports with the line of the service (Option 82, RFC 3046, and what BNGs report beside).
 * What the ledger does not hold and what the request does not say is not compared, except that a trusted NAS must name one
 * that the ledger holds, circuit-id or remote-id, of a line that has any.
 *
 * <p>Circuit-id and remote-id count only from a NAS that is trusted for them. From any other they may be the subscriber's own
 * invention, so that they neither prove nor disprove anything: there {@code enforce} checks NAS-Port-Id and VLANs only, which
 * are the NAS's own words. The MAC is never compared: a swapped CPE just works.
 */
final class LinePolicy {
    private static final List<IdentifierKind> OPTION_82 = List.of(IdentifierKind.CIRCUIT_ID, IdentifierKind.REMOTE_ID);

    private final BindingIndex index;
    private final LineTemplates templates;

    LinePolicy(BindingIndex index, LineTemplates templates) {
        this.index = index;
        this.templates = templates;
    }

    /** The nearest of service, plan and NAS that says something. */
    static Option82Policy policy(Binding binding, NasClient nas) {
        if (binding.option82Policy() != null) {
            return binding.option82Policy();
        }
        Option82Policy ofPlan = binding.plan().option82Policy();
        return ofPlan != null ? ofPlan : nas.option82Policy();
    }

    /**
     * Where the reported line is not the service's; empty when it is. Something expected but not reported has {@code seen}
     * null. The same bytes on both sides mean that they were seen behind a NAS that may not speak of the line's access node.
     */
    List<Mismatch> compare(Binding binding, NasClient nas, ReportedLine line) {
        List<Mismatch> mismatches = new ArrayList<>(0);
        if (binding.lineId() != 0) {
            if (nas.option82Trusted()) {
                compareOption82(binding, nas, line, mismatches);
            }
            compareIdentifier(binding, nas, IdentifierKind.NAS_PORT_ID, line.nasPortId(), mismatches);
        }
        if (nas.portTemplate() != null
                && binding.vlans().isPresent()
                && line.vlans().isPresent()
                && !matches(binding.vlans(), line.vlans())) {
            mismatches.add(new Mismatch(
                    null,
                    Octets.ofText(binding.vlans().toString()),
                    Octets.ofText(line.vlans().toString())));
        }
        return mismatches;
    }

    /** Whether the reported tags are the assigned ones; an inner tag counts only where one is assigned. */
    static boolean matches(VlanTags assigned, VlanTags reported) {
        return assigned.sVlan() == reported.sVlan() && (assigned.cVlan() == 0 || assigned.cVlan() == reported.cVlan());
    }

    private void compareOption82(Binding binding, NasClient nas, ReportedLine line, List<Mismatch> mismatches) {
        boolean compared = false;
        for (IdentifierKind kind : OPTION_82) {
            compared |= compareIdentifier(binding, nas, kind, line.identifier(kind), mismatches);
        }
        if (compared) {
            return;
        }
        // Naming only what the ledger does not hold is naming nothing: else anybody could leave out what is known.
        for (IdentifierKind kind : OPTION_82) {
            Octets expected = PackedIdentifiers.value(binding.identifiers(), kind, 0);
            if (expected != null) {
                mismatches.add(new Mismatch(kind, expected, null));
                return;
            }
        }
    }

    /** Whether there was something to compare. */
    private boolean compareIdentifier(
            Binding binding, NasClient nas, IdentifierKind kind, Octets seen, List<Mismatch> mismatches) {
        Octets expected = PackedIdentifiers.value(binding.identifiers(), kind, 0);
        if (expected == null || !Resolver.isReported(seen)) {
            return false;
        }
        boolean same = PackedIdentifiers.holds(binding.identifiers(), kind, seen)
                || (kind == IdentifierKind.CIRCUIT_ID && sameKey(binding, seen));
        if (!same || !index.directory().isVisible(binding.accessNodeId(), nas)) {
            mismatches.add(new Mismatch(kind, expected, seen));
        }
        return true;
    }

    private boolean sameKey(Binding binding, Octets seen) {
        String key = binding.canonicalCircuitId();
        AccessNode node = index.directory().accessNode(binding.accessNodeId());
        return key != null && node != null && key.equals(templates.canonicalKey(node.template(), seen));
    }
}
