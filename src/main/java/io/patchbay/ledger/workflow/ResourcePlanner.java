package io.patchbay.ledger.workflow;

import io.patchbay.ledger.workflow.PlannedStep.Action;
import io.patchbay.ledger.workflow.Situation.Address;
import io.patchbay.ledger.workflow.Situation.Pool;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a service takes and gives back. What it has is kept where it fits: a chosen VLAN or an address from no pool always,
 * everything else as long as it is from the pool that plan, access node or wish name.
 */
final class ResourcePlanner {
    private final Wishes wishes;
    private final Situation now;
    private final PlanBuilder plan;

    ResourcePlanner(Wishes wishes, Situation now, PlanBuilder plan) {
        this.wishes = wishes;
        this.now = now;
        this.plan = plan;
    }

    void vlan() {
        Wishes.Vlan wish = wishes.vlan();
        Pool pool = vlanPool();
        Situation.Vlan has = now.vlan();
        boolean chosen = wish != null && wish.sVlan() != null;
        boolean isIt = has != null
                && (chosen
                        ? has.sVlan() == wish.sVlan() && Objects.equals(has.cVlan(), wish.cVlan())
                        : pool == null || has.overridden() && wish == null || pool.equals(has.pool()));
        if (isIt) {
            if (has.overridden() && pool != null && !pool.equals(has.pool())) {
                plan.warn(has.text() + " was chosen for this service and is kept; the others are from " + pool.name()
                        + ".");
            }
            return;
        }
        if (!chosen && pool == null) {
            return;
        }
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("poolId", pool == null ? null : pool.id());
        parameters.put("sVlan", chosen ? wish.sVlan() : null);
        parameters.put("cVlan", chosen ? wish.cVlan() : null);
        String wanted = chosen
                ? (wish.cVlan() == null ? "S-VLAN " + wish.sVlan() : "VLANs " + wish.sVlan() + "." + wish.cVlan())
                : "the next free of " + pool.name();
        plan.step(
                has == null ? Action.BIND_VLAN : Action.MOVE_VLAN,
                (has == null ? "Binds " : "Moves from " + has.text() + " to ") + wanted + ".",
                parameters,
                "vlan",
                has == null ? null : has.text(),
                wanted);
    }

    /** Wished for, else the access node's, else the plan's. */
    private Pool vlanPool() {
        Situation.Node node = now.targetNode() != null
                ? now.targetNode()
                : now.line() == null ? null : now.line().node();
        if (now.vlanPool() != null) {
            return now.vlanPool();
        }
        return node != null && node.vlanPool() != null
                ? node.vlanPool()
                : now.plan().vlan();
    }

    void ipv4() {
        Wishes.Ipv4 wish = wishes.ipv4();
        Address has = now.ipv4();
        Pool pool = now.ipv4Pool() != null ? now.ipv4Pool() : now.plan().ipv4();
        String chosen = wish == null ? null : wish.address();
        if (has != null) {
            boolean isIt = chosen != null
                    ? has.prefix().equals(chosen + "/32")
                    : has.pool() == null && wish == null || pool != null && pool.equals(has.pool());
            if (isIt) {
                return;
            }
            if (chosen == null && pool == null) {
                releaseIpv4();
                return;
            }
            ipv4(Action.MOVE_IPV4, "Gives back " + has.prefix() + " and takes ", has, pool, chosen);
            return;
        }
        if (chosen != null || pool != null) {
            ipv4(Action.ASSIGN_IPV4, "Takes ", null, pool, chosen);
        }
    }

    private void ipv4(Action action, String title, Address has, Pool pool, String chosen) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("poolId", chosen != null && now.ipv4Pool() == null ? null : pool == null ? null : pool.id());
        parameters.put("address", chosen);
        parameters.put("from", has == null ? null : has.prefix());
        String wanted = chosen != null ? chosen : "the next free of " + pool.name();
        plan.step(action, title + wanted + ".", parameters, "ipv4", has == null ? null : has.prefix(), wanted);
    }

    void renumberIpv4() {
        Address has = now.ipv4();
        if (has == null) {
            plan.warn("The service has no IPv4 address that could be renumbered.");
            return;
        }
        Pool pool = now.ipv4Pool() != null
                ? now.ipv4Pool()
                : has.pool() != null ? has.pool() : now.plan().ipv4();
        String chosen = wishes.ipv4() == null ? null : wishes.ipv4().address();
        if (chosen == null && pool == null) {
            plan.conflict(has.prefix() + " is from no pool, and the plan names none: say which address it is to be.");
            return;
        }
        ipv4(Action.MOVE_IPV4, "Gives back " + has.prefix() + " and takes ", has, pool, chosen);
    }

    void releaseIpv4() {
        Address has = now.ipv4();
        if (has != null) {
            plan.step(
                    Action.RELEASE_IPV4,
                    "Gives back " + has.prefix() + ".",
                    Map.of("from", has.prefix()),
                    "ipv4",
                    has.prefix(),
                    null);
        }
        List<Address> routes = now.addresses().stream()
                .filter(one -> one.kind().equals("ipv4-route"))
                .toList();
        if (has != null && !routes.isEmpty()) {
            plan.warn("The routes " + routes.stream().map(Address::prefix).toList() + " stay the service's.");
        }
    }

    void releaseVlan() {
        if (now.vlan() != null) {
            plan.step(
                    Action.RELEASE_VLAN,
                    "Gives back " + now.vlan().text() + ".",
                    Map.of(),
                    "vlan",
                    now.vlan().text(),
                    null);
        }
    }

    /** Brings IPv6 to the mode that was wished for, else the service's own, else its plan's. */
    void ipv6() {
        String mode = ipv6Mode();
        String state = now.service().ipv6State();
        boolean has = state != null && !state.equals("revoked");
        if (mode.equals("none") && !has) {
            return;
        }
        if (mode.equals("none")) {
            revokeIpv6();
            return;
        }
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("mode", mode);
        plan.step(
                Action.ENABLE_IPV6,
                "IPv6 by " + mode + ", from " + pools() + ".",
                parameters,
                "ipv6",
                now.ipv6().isEmpty() ? null : now.ipv6(),
                mode + " from " + pools());
    }

    private String ipv6Mode() {
        if (wishes.ipv6() != null && wishes.ipv6().mode() != null) {
            return wishes.ipv6().mode();
        }
        return now.service().ipv6Mode() != null
                ? now.service().ipv6Mode()
                : now.plan().ipv6Mode();
    }

    private String pools() {
        Pool wan = now.plan().ipv6Wan();
        Pool delegated = now.plan().ipv6Delegated();
        if (wan == null && delegated == null) {
            return "what the service has";
        }
        return wan == null
                ? delegated.name()
                : delegated == null ? wan.name() : wan.name() + " and " + delegated.name();
    }

    void suspendIpv6() {
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

    void resumeIpv6() {
        if (isState("suspended")) {
            plan.step(Action.RESUME_IPV6, "Gives IPv6 again.", Map.of(), "ipv6State", "suspended", "allocated");
        }
    }

    void renumberIpv6() {
        if (!isState("allocated", "active")) {
            plan.warn("The service has no IPv6 that could be renumbered.");
            return;
        }
        plan.step(
                Action.RENUMBER_IPV6,
                "Takes other prefixes; the former ones stay reserved until their lifetimes end (RFC 9096).",
                Map.of("former", now.ipv6()),
                "ipv6",
                now.ipv6(),
                "others from " + pools());
    }

    void revokeIpv6() {
        String state = now.service().ipv6State();
        if (state != null && !state.equals("revoked") || !now.ipv6().isEmpty()) {
            plan.step(
                    Action.REVOKE_IPV6,
                    "Takes IPv6 back, and waits until every session and device has let go of it.",
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
