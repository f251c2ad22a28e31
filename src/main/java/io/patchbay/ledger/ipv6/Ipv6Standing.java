package io.patchbay.ledger.ipv6;

import io.patchbay.ledger.address.AddressKind;
import io.patchbay.wire.IpPrefix;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A service with all that its IPv6 depends on, as the ledger has it.
 *
 * @param serviceMode null when it is not said of the service itself
 * @param row null for a service that the lifecycle knows nothing of
 */
record Ipv6Standing(long serviceId, Ipv6Mode serviceMode, PlanPools plan, Ipv6Row row, List<AssignedPrefix> assigned) {
    /**
     * @param wanPoolId null when it draws from none; likewise the next
     * @param nasWanPool the name of a pool of the NAS, which this hub does not see into; null for none; likewise the next
     */
    record PlanPools(
            String name,
            Ipv6Mode mode,
            Long wanPoolId,
            Long delegatedPoolId,
            String nasWanPool,
            String nasDelegatedPool) {
        Long poolId(AddressKind kind) {
            return kind == AddressKind.IPV6_DELEGATED_PREFIX ? delegatedPoolId : wanPoolId;
        }

        boolean hasNasPool(AddressKind kind) {
            return (kind == AddressKind.IPV6_DELEGATED_PREFIX ? nasDelegatedPool : nasWanPool) != null;
        }
    }

    Ipv6State state() {
        return row == null ? null : row.state();
    }

    Ipv6Mode wantedMode() {
        return row != null ? row.mode() : serviceMode != null ? serviceMode : plan.mode();
    }

    Optional<AssignedPrefix> assigned(AddressKind kind) {
        return assigned.stream().filter(one -> one.kind() == kind).findFirst();
    }

    /** The mode by which a service lives that was never given one. */
    Ipv6Mode modeOfAssigned() {
        Set<AddressKind> kinds = assigned.stream()
                .map(AssignedPrefix::kind)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(AddressKind.class)));
        if (kinds.isEmpty()) {
            return Ipv6Mode.NONE;
        }
        if (kinds.size() > 1) {
            return Ipv6Mode.DUAL_STACK;
        }
        return kinds.contains(AddressKind.IPV6_WAN_PREFIX)
                ? Ipv6Mode.SLAAC
                : kinds.contains(AddressKind.IPV6_WAN_ADDRESS) ? Ipv6Mode.STATEFUL : Ipv6Mode.PD;
    }

    /** What of it a reply holds, as far as it is this room's. */
    Answer answered() {
        Ipv6Mode mode = row != null ? row.mode() : serviceMode;
        if (row != null && !row.state().isAnswered()) {
            return new Answer(Ipv6Mode.NONE, List.of());
        }
        return new Answer(
                mode,
                assigned.stream()
                        .filter(one -> mode == null || mode.gives(one.kind()))
                        .map(AssignedPrefix::prefix)
                        .toList());
    }

    /** @param mode decides of pools and routes; null: everything is given */
    record Answer(Ipv6Mode mode, List<IpPrefix> prefixes) {}

    /** For the history, by the names of the API; what is not set is left out, and prefixes have events of their own. */
    Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        put(facts, "ipv6Mode", row != null ? row.mode() : serviceMode);
        if (row != null) {
            facts.put("ipv6State", row.state().word());
            put(facts, "ipv6Reason", row.reason());
            put(facts, "ipv6WanPoolId", row.wanPoolId());
            put(facts, "ipv6DelegatedPoolId", row.delegatedPoolId());
            put(facts, "ipv6DelegatedLength", row.delegatedLength());
            put(facts, "ipv6ValidLifetimeSeconds", row.validLifetimeSeconds());
        }
        return facts;
    }

    private static void put(Map<String, Object> facts, String name, Object value) {
        if (value != null) {
            facts.put(name, value instanceof Ipv6Mode mode ? mode.word() : value);
        }
    }
}
