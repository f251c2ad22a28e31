package io.patchbay.ledger.workflow;

import io.patchbay.ledger.workflow.PlannedStep.Action;
import io.patchbay.ledger.workflow.Situation.Address;
import io.patchbay.ledger.workflow.Situation.Node;
import io.patchbay.ledger.workflow.Situation.Pool;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * VLANs and IPv4 that a service takes and gives back. What it has is kept where it fits: VLANs that were chosen for it, an
 * address from no pool, and everything from the pool that wish, access node or plan name, in this order.
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

    /** Other VLANs than it has: parameters of the step, and words. */
    record OtherVlans(Map<String, Object> parameters, String wanted) {}

    void vlan() {
        otherVlans().ifPresent(other -> {
            Situation.Vlan has = now.vlan();
            plan.step(
                    has == null ? Action.BIND_VLAN : Action.MOVE_VLAN,
                    (has == null ? "Takes " : "Gives back " + has.text() + " and takes ") + other.wanted() + ".",
                    other.parameters(),
                    "vlan",
                    has == null ? null : has.text(),
                    other.wanted());
        });
    }

    /** Empty when what it has fits, or nothing says from where it would have any. */
    Optional<OtherVlans> otherVlans() {
        Wishes.Vlan wish = wishes.vlan();
        Situation.Vlan has = now.vlan();
        if (wish != null && wish.sVlan() != null) {
            boolean isIt = has != null && has.sVlan() == wish.sVlan() && Objects.equals(has.cVlan(), wish.cVlan());
            return isIt ? Optional.empty() : Optional.of(chosen(wish));
        }
        Pool pool = vlanPool();
        if (pool == null || has != null && pool.equals(has.pool())) {
            return Optional.empty();
        }
        if (has != null && has.overridden() && wish == null && !isElsewhere()) {
            plan.warn(
                    has.text() + " was chosen for this service and is kept; the others are from " + pool.name() + ".");
            return Optional.empty();
        }
        return Optional.of(new OtherVlans(
                parameters("poolId", pool.id(), "overrides", now.vlanPool() != null),
                "the next free of " + pool.name()));
    }

    private OtherVlans chosen(Wishes.Vlan wish) {
        Map<String, Object> parameters = parameters("sVlan", wish.sVlan(), "cVlan", wish.cVlan());
        parameters.put("domainId", now.vlanPlace().domainId());
        parameters.put("model", now.vlanPlace().model());
        return new OtherVlans(
                parameters,
                wish.cVlan() == null ? "S-VLAN " + wish.sVlan() : "VLANs " + wish.sVlan() + "." + wish.cVlan());
    }

    private Pool vlanPool() {
        if (now.vlanPool() != null) {
            return now.vlanPool();
        }
        Node node = home();
        return node != null && node.vlanPool() != null
                ? node.vlanPool()
                : now.plan().vlan();
    }

    /** Whether it moves to an access node with VLANs of its own. */
    private boolean isElsewhere() {
        return now.targetNode() != null
                && now.targetNode().vlanPool() != null
                && now.line() != null
                && now.line().node().id() != now.targetNode().id();
    }

    private Node home() {
        return now.targetNode() != null
                ? now.targetNode()
                : now.line() == null ? null : now.line().node();
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

    void ipv4() {
        Address has = now.ipv4();
        Pool pool = now.ipv4Pool() != null ? now.ipv4Pool() : now.plan().ipv4();
        String chosen = wishes.ipv4() == null ? null : wishes.ipv4().address();
        if (has == null) {
            if (chosen != null || pool != null) {
                assignIpv4(null, pool, chosen);
            }
            return;
        }
        boolean isIt = chosen != null
                ? has.prefix().equals(chosen + "/32")
                : has.pool() == null && now.ipv4Pool() == null || pool != null && pool.equals(has.pool());
        if (isIt) {
            return;
        }
        if (chosen == null && pool == null) {
            releaseIpv4();
        } else {
            assignIpv4(has, pool, chosen);
        }
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
        assignIpv4(has, pool, chosen);
    }

    /** In one step where the choice is ours: it keeps the old one when there is no other. */
    private void assignIpv4(Address has, Pool pool, String chosen) {
        Map<String, Object> parameters =
                parameters("address", chosen, "poolId", chosen != null && now.ipv4Pool() == null ? null : pool.id());
        String wanted = chosen != null ? chosen : "the next free of " + pool.name();
        boolean isAsked = pool != null && pool.chosenByNetBox();
        if (has != null && isAsked) {
            releaseIpv4();
        }
        if (has == null || isAsked) {
            plan.step(Action.ASSIGN_IPV4, "Takes " + wanted + ".", parameters, "ipv4", null, wanted);
            return;
        }
        plan.step(
                Action.MOVE_IPV4,
                "Gives back " + has.prefix() + " and takes " + wanted + ".",
                parameters,
                "ipv4",
                has.prefix(),
                wanted);
    }

    void releaseIpv4() {
        Address has = now.ipv4();
        if (has != null) {
            plan.step(Action.RELEASE_IPV4, "Gives back " + has.prefix() + ".", Map.of(), "ipv4", has.prefix(), null);
        }
    }

    /** Routes are of nobody's plan. */
    void releaseRoutes() {
        List<String> routes = now.addresses().stream()
                .filter(one -> one.kind().endsWith("-route"))
                .map(Address::prefix)
                .toList();
        if (!routes.isEmpty()) {
            plan.step(
                    Action.RELEASE_ROUTES,
                    "Gives back " + String.join(", ", routes) + ".",
                    Map.of(),
                    "routes",
                    routes,
                    null);
        }
    }

    private static Map<String, Object> parameters(String one, Object value, String other, Object otherValue) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put(one, value);
        parameters.put(other, otherValue);
        return parameters;
    }
}
