package io.patchbay.ledger.workflow;

import io.patchbay.ledger.LedgerInvalid;
import io.patchbay.ledger.ServiceState;
import io.patchbay.ledger.Words;
import io.patchbay.ledger.workflow.PlannedStep.Action;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Makes a plan: a pure function of what there is and what is wished for. First what is allocated, then what is projected from
 * it: a service becomes active last, and ceases to be before anything is taken from it.
 */
final class Planner {
    /** The wishes that a kind knows. */
    private static final Map<WorkflowKind, Set<String>> WISHES = Map.of(
            WorkflowKind.ACTIVATE, Set.of("lineId", "line", "plan", "cpeId", "mac", "vlan", "ipv4", "ipv6"),
            WorkflowKind.SUSPEND, Set.of(),
            WorkflowKind.RESUME, Set.of(),
            WorkflowKind.CHANGE_PLAN, Set.of("plan", "vlan", "ipv4", "ipv6"),
            WorkflowKind.MOVE_LINE, Set.of("lineId", "line", "vlan", "mac", "cpeId"),
            WorkflowKind.SWAP_CPE, Set.of("cpeId", "mac"),
            WorkflowKind.RENUMBER, Set.of("families", "ipv4"),
            WorkflowKind.TERMINATE, Set.of());

    private final WorkflowRequest request;
    private final Wishes wishes;
    private final Situation now;
    private final PlanBuilder plan = new PlanBuilder();
    private final ResourcePlanner resources;
    private final Ipv6Planner ipv6;

    private Planner(WorkflowRequest request, Situation now) {
        this.request = request;
        this.wishes = request.wishes();
        this.now = now;
        this.resources = new ResourcePlanner(request.wishes(), now, plan);
        this.ipv6 = new Ipv6Planner(request.wishes(), now, plan);
    }

    /** @throws LedgerInvalid when a wish that it needs is missing */
    static WorkflowPlan plan(WorkflowRequest request, Situation situation) {
        Planner planner = new Planner(request, situation);
        planner.plan();
        return planner.plan.build(request, situation);
    }

    private void plan() {
        switch (request.kind()) {
            case ACTIVATE -> activate();
            case SUSPEND -> suspend();
            case RESUME -> resume();
            case CHANGE_PLAN -> changePlan();
            case MOVE_LINE -> moveLine();
            case SWAP_CPE -> swapCpe();
            case RENUMBER -> renumber();
            case TERMINATE -> terminate();
        }
    }

    /** @throws LedgerInvalid when a wish is none of this kind of workflow */
    static void requireKnown(WorkflowRequest request) {
        Set<String> unknown =
                new TreeSet<>(Json.map(Json.write(request.wishes())).keySet());
        unknown.removeAll(WISHES.get(request.kind()));
        if (!unknown.isEmpty()) {
            throw new LedgerInvalid(Words.of(request.kind()) + " takes no " + String.join(", ", unknown) + ": "
                    + (WISHES.get(request.kind()).isEmpty()
                            ? "nothing is to be wished for"
                            : "what may be wished for is "
                                    + String.join(", ", new TreeSet<>(WISHES.get(request.kind()))))
                    + ".");
        }
    }

    private void activate() {
        requireState(ServiceState.PENDING, ServiceState.TERMINATED);
        if (now.targetNode() == null && now.line() == null) {
            plan.warn("The service has no line: it is found by its user name only.");
        }
        if (now.service().state().equals("terminated")) {
            if (now.service().userName() == null) {
                plan.warn("Its credential was removed: until it gets another one it is found by its line only.");
            }
            state("terminated", ServiceState.PENDING);
        }
        line();
        planName();
        resources.vlan();
        resources.ipv4();
        ipv6.enable();
        cpe();
        state("pending", ServiceState.ACTIVE);
    }

    private void suspend() {
        requireState(ServiceState.ACTIVE);
        state(ServiceState.SUSPENDED);
        ipv6.suspend();
    }

    private void resume() {
        requireState(ServiceState.SUSPENDED);
        ipv6.resume();
        state(ServiceState.ACTIVE);
    }

    /** A pending service has nothing yet: it takes what the new plan says when it is activated. */
    private void changePlan() {
        if (wishes.plan() == null) {
            throw new LedgerInvalid("change-plan needs the plan.");
        }
        requireState(ServiceState.PENDING, ServiceState.ACTIVE, ServiceState.SUSPENDED);
        boolean holds = !now.service().state().equals("pending");
        if (holds) {
            resources.vlan();
            resources.ipv4();
        }
        planName();
        if (holds) {
            ipv6.follow();
        }
    }

    private void moveLine() {
        requireState(ServiceState.PENDING, ServiceState.ACTIVE, ServiceState.SUSPENDED);
        if (now.targetNode() == null) {
            throw new LedgerInvalid("move-line needs the lineId or the line.");
        }
        if (now.target() != null && isHome(now.target())) {
            plan.conflict("The service lives on line " + now.line().id() + " already.");
            return;
        }
        names();
        Optional<ResourcePlanner.OtherVlans> other =
                now.service().state().equals("pending") ? Optional.empty() : resources.otherVlans();
        bindLine(other.orElse(null));
        cpe();
    }

    private void swapCpe() {
        if (wishes.cpeId() == null && wishes.mac() == null) {
            throw new LedgerInvalid("swap-cpe needs the cpeId, the mac, or both.");
        }
        requireState(ServiceState.PENDING, ServiceState.ACTIVE, ServiceState.SUSPENDED);
        if (wishes.mac() != null && now.line() == null) {
            plan.conflict("The service has no line that could have the MAC.");
        }
        cpe();
    }

    private void renumber() {
        requireState(ServiceState.ACTIVE, ServiceState.SUSPENDED);
        List<String> families = wishes.families() == null ? List.of("ipv4", "ipv6") : wishes.families();
        if (families.isEmpty() || !Set.of("ipv4", "ipv6").containsAll(families)) {
            throw new LedgerInvalid("families: " + families + "; give ipv4, ipv6 or both.");
        }
        if (families.contains("ipv4")) {
            resources.renumberIpv4();
        }
        if (families.contains("ipv6")) {
            ipv6.renumber();
        }
    }

    /** First its sessions end: nobody is answered any more with what is then taken from it. */
    private void terminate() {
        requireState(ServiceState.PENDING, ServiceState.ACTIVE, ServiceState.SUSPENDED);
        String state = now.service().state();
        if (state.equals("active")) {
            state(ServiceState.SUSPENDED);
            state = "suspended";
        }
        ipv6.revoke();
        resources.releaseIpv4();
        resources.releaseRoutes();
        resources.releaseVlan();
        state(state, ServiceState.TERMINATED);
        if (now.line() != null) {
            plan.step(
                    Action.FREE_LINE,
                    "Frees line " + now.line().id() + " of " + now.line().node().name() + ".",
                    Map.of(),
                    "lineId",
                    now.line().id(),
                    null);
        }
        if (now.service().userName() != null) {
            plan.step(
                    Action.REMOVE_CREDENTIAL,
                    "Removes the credential of " + now.service().userName() + ", which nobody can put back.",
                    Map.of(),
                    "userName",
                    now.service().userName(),
                    null);
        }
    }

    private void requireState(ServiceState... wanted) {
        List<String> words = List.of(wanted).stream().map(Words::of).toList();
        if (!words.contains(now.service().state())) {
            plan.conflict("The service is " + now.service().state() + "; " + Words.of(request.kind())
                    + " is for one that is " + String.join(" or ", words) + ".");
        }
    }

    private void line() {
        names();
        if (now.targetNode() != null && (now.target() == null || !isHome(now.target()))) {
            bindLine(null);
        }
    }

    /** @param other the VLANs of its new home; null when it keeps its own */
    private void bindLine(ResourcePlanner.OtherVlans other) {
        Long wanted = now.target() == null ? null : Long.valueOf(now.target().id());
        String title = (wanted == null ? "the new line" : "line " + wanted) + " of "
                + now.targetNode().name();
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("lineId", wanted);
        Long home = now.line() == null ? null : Long.valueOf(now.line().id());
        Object target = wanted == null ? "the new line" : wanted;
        if (other == null || now.vlan() == null) {
            plan.step(Action.BIND_LINE, "Binds the service to " + title + ".", parameters, "lineId", home, target);
            if (other != null) {
                resources.vlan();
            }
            return;
        }
        parameters.putAll(other.parameters());
        Map<String, Object> before = new LinkedHashMap<>();
        before.put("lineId", home);
        before.put("vlan", now.vlan().text());
        plan.step(
                Action.MOVE_HOME,
                "Moves the service to " + title + ", where it takes " + other.wanted() + ".",
                parameters,
                "home",
                before,
                Map.of("lineId", target, "vlan", other.wanted()));
    }

    private boolean isHome(Situation.Line line) {
        return now.line() != null && now.line().id() == line.id();
    }

    /** Makes the line, or gives it the names that it lacks. */
    private void names() {
        if (wishes.line() == null) {
            return;
        }
        Map<String, String> wanted =
                new TreeMap<>(now.target() == null ? Map.of() : now.target().identifiers());
        wanted.putAll(WishedNames.of(wishes.line()));
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("accessNodeId", now.targetNode().id());
        parameters.put("identifiers", wanted);
        parameters.put("onuSerial", wishes.line().onuSerial());
        parameters.put("uni", wishes.line().uni());
        if (now.target() == null) {
            plan.step(
                    Action.MAKE_LINE,
                    "Makes a line of " + now.targetNode().name() + ".",
                    parameters,
                    "identifiers",
                    null,
                    WishedNames.display(wanted));
            return;
        }
        if (!wanted.equals(now.target().identifiers())) {
            parameters.put("lineId", now.target().id());
            plan.step(
                    Action.MAKE_LINE,
                    "Gives line " + now.target().id() + " of "
                            + now.targetNode().name() + " these names.",
                    parameters,
                    "identifiers",
                    WishedNames.display(now.target().identifiers()),
                    WishedNames.display(wanted));
        }
    }

    private void planName() {
        if (!now.plan().name().equals(now.service().plan())) {
            plan.step(
                    Action.SET_PLAN,
                    "Gives the service the plan " + now.plan().name() + ".",
                    Map.of("plan", now.plan().name()),
                    "plan",
                    now.service().plan(),
                    now.plan().name());
        }
    }

    private void cpe() {
        Situation.Line line = now.targetNode() == null ? now.line() : now.target();
        String mac = wishes.mac() == null ? null : WishedNames.mac(wishes.mac()).hex();
        String macNow = line == null ? null : line.identifiers().get("mac");
        boolean newMac = mac != null && !mac.equals(macNow);
        boolean newCpe =
                wishes.cpeId() != null && !wishes.cpeId().equals(now.service().cpeId());
        if (!newMac && !newCpe) {
            return;
        }
        Map<String, Object> parameters = new LinkedHashMap<>();
        Map<String, Object> before = new LinkedHashMap<>();
        Map<String, Object> after = new LinkedHashMap<>();
        if (newCpe) {
            parameters.put("cpeId", wishes.cpeId());
            before.put("cpeId", now.service().cpeId());
            after.put("cpeId", wishes.cpeId());
        }
        if (newMac) {
            parameters.put("mac", mac);
            before.put("mac", macNow);
            after.put("mac", mac);
        }
        plan.step(Action.SET_CPE, "Swaps the device at the subscriber.", parameters, "cpe", before, after);
    }

    private void state(ServiceState wanted) {
        state(now.service().state(), wanted);
    }

    private void state(String before, ServiceState wanted) {
        String word = Words.of(wanted);
        plan.step(Action.SET_STATE, "The service becomes " + word + ".", Map.of("state", word), "state", before, word);
    }
}
