package io.patchbay.binding;

import io.patchbay.ledger.Plan;
import io.patchbay.line.LineIdentifier;
import java.util.List;

/** Copies of a binding with one thing changed. */
final class Bindings {
    private Bindings() {}

    /** With its identifiers in one array. */
    static Binding packed(Binding binding) {
        List<LineIdentifier> packed = PackedIdentifiers.of(binding.identifiers());
        return packed == binding.identifiers() ? binding : copy(binding, binding.plan(), packed);
    }

    static Binding withPlan(Binding binding, Plan plan) {
        return copy(binding, plan, binding.identifiers());
    }

    private static Binding copy(Binding of, Plan plan, List<LineIdentifier> identifiers) {
        return new Binding(
                of.serviceId(),
                of.subscriberId(),
                of.tenantId(),
                of.userName(),
                of.credential(),
                of.kind(),
                of.state(),
                of.expiresAtEpochSecond(),
                of.option82Policy(),
                plan,
                of.lineId(),
                of.accessNodeId(),
                identifiers,
                of.canonicalCircuitId(),
                of.vlans(),
                of.dedicatedVlan(),
                of.ipv4Address(),
                of.ipv4Routes(),
                of.ipv6WanPrefix(),
                of.ipv6WanAddress(),
                of.ipv6DelegatedPrefix(),
                of.ipv6Routes(),
                of.sessionTimeoutSeconds(),
                of.givesIpv6Wan(),
                of.givesIpv6Delegated());
    }
}
