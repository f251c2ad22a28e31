package io.patchbay.ledger.workflow;

import io.patchbay.ledger.workflow.PlannedStep.Action;
import io.patchbay.ledger.workflow.Situation.Address;
import io.patchbay.ledger.workflow.Situation.Pool;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** What becomes of a service's IPv6. The mode is the one that was wished for, else the service's own, else its plan's. */
final class Ipv6Planner {
    private static final String NONE = "none";

    private final Wishes wishes;
    private final Situation now;
    private final PlanBuilder plan;

    Ipv6Planner(Wishes wishes, Situation now, PlanBuilder plan) {
        this.wishes = wishes;
        this.now = now;
        this.plan = plan;
    }

    /** Gives it what its mode needs. */
    void enable() {
        String mode = mode();
        boolean works = isState("allocated", "active", "suspended");
        if (mode.equals(NONE) && (now.service().ipv6State() == null || isState("revoked", "revoking"))) {
            return;
        }
        if (works && mode.equals(now.service().ipv6Mode())) {
            return;
        }
        plan.step(
                Action.ENABLE_IPV6,
                mode.equals(NONE) ? "Takes IPv6 back." : "IPv6 by " + mode + ", from " + pools() + ".",
                Map.of("mode", mode),
                "ipv6",
                now.ipv6().isEmpty() ? null : now.ipv6(),
                mode.equals(NONE) ? null : mode + " from " + pools());
    }

    /** Likewise under another plan: what is from none of its pools is renumbered. */
    void follow() {
        if (now.service().ipv6State() == null && mode().equals(NONE)) {
            return;
        }
        enable();
        boolean isFromElsewhere = now.addresses().stream().anyMatch(this::isFromElsewhere);
        if (isFromElsewhere && isState("allocated", "active", "suspended") && !mode().equals(NONE)) {
            renumber();
        }
    }

    private boolean isFromElsewhere(Address address) {
        Pool wanted =
                switch (address.kind()) {
                    case "ipv6-wan-prefix", "ipv6-wan-address" -> now.plan().ipv6Wan();
                    case "ipv6-delegated-prefix" -> now.plan().ipv6Delegated();
                    default -> null;
                };
        return wanted != null && address.pool() != null && !wanted.equals(address.pool());
    }

    /** One that only repeats the former plan's mode is no mode of the service's own. */
    private String mode() {
        if (wishes.ipv6() != null && wishes.ipv6().mode() != null) {
            return wishes.ipv6().mode();
        }
        String own = now.service().ipv6Mode();
        boolean isPlans = Objects.equals(own, now.service().planIpv6Mode());
        return own == null || isPlans ? now.plan().ipv6Mode() : own;
    }

    private String pools() {
        List<String> names = Stream.of(now.plan().ipv6Wan(), now.plan().ipv6Delegated())
                .filter(Objects::nonNull)
                .map(Pool::name)
                .toList();
        return names.isEmpty() ? "what the service has" : String.join(" and ", names);
    }

    void suspend() {
        if (isState("allocated", "active")) {
            plan.step(
                    Action.SUSPEND_IPV6,
                    "Keeps IPv6, and gives it no more.",
                    Map.of(),
                    "ipv6State",
                    now.service().ipv6State(),
                    "suspended");
        }
    }

    void resume() {
        if (isState("suspended")) {
            plan.step(Action.RESUME_IPV6, "Gives IPv6 again.", Map.of(), "ipv6State", "suspended", "allocated");
        }
    }

    void renumber() {
        boolean isFromPool =
                now.addresses().stream().anyMatch(one -> one.kind().startsWith("ipv6-") && one.pool() != null);
        if (!isFromPool || isState("revoking", "revoked", "failed", "pending")) {
            plan.warn("The service has no IPv6 from a pool that could be renumbered.");
            return;
        }
        plan.step(
                Action.RENUMBER_IPV6,
                "Takes other prefixes; the former ones stay reserved until their lifetimes end (RFC 9096).",
                Map.of(),
                "ipv6",
                now.ipv6(),
                "others from " + pools());
    }

    void revoke() {
        String state = now.service().ipv6State();
        if (state != null && !state.equals("revoked") || !now.ipv6().isEmpty()) {
            plan.step(
                    Action.REVOKE_IPV6,
                    "Takes IPv6 back, and waits until every session has let go of it.",
                    Map.of(),
                    "ipv6",
                    now.ipv6().isEmpty() ? state : now.ipv6(),
                    null);
        }
    }

    private boolean isState(String... states) {
        return now.service().ipv6State() != null
                && List.of(states).contains(now.service().ipv6State());
    }
}
