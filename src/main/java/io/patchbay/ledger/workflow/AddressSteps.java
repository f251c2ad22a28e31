package io.patchbay.ledger.workflow;

import io.patchbay.ledger.Words;
import io.patchbay.ledger.address.AddressAssignments;
import io.patchbay.ledger.address.AddressHold;
import io.patchbay.ledger.address.AddressHolds;
import io.patchbay.ledger.address.AddressKind;
import io.patchbay.ledger.address.AddressWish;
import io.patchbay.ledger.address.AssignedAddress;
import io.patchbay.ledger.address.HoldReason;
import io.patchbay.ledger.address.Retention;
import io.patchbay.ledger.workflow.PlannedStep.Action;
import io.patchbay.wire.IpPrefix;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The steps that take and give back an IPv4 address. What is given back goes to nobody before the live sessions have let go of
 * it, and then cools down as its pool says.
 */
final class AddressSteps {
    private static final String FOUND = "addressFound";
    private static final String GIVEN = "addressGiven";

    private final AddressAssignments assignments;
    private final AddressHolds holds;

    AddressSteps(AddressAssignments assignments, AddressHolds holds) {
        this.assignments = assignments;
        this.holds = holds;
    }

    Map<Action, StepAction> actions() {
        return Map.of(
                Action.ASSIGN_IPV4, StepAction.of(this::prepare, this::assign, this::putBack),
                Action.MOVE_IPV4, StepAction.of(this::move, this::putBack),
                Action.RELEASE_IPV4, StepAction.of(this::release, this::putBack),
                Action.RELEASE_ROUTES, StepAction.of(this::releaseRoutes, this::putRoutesBack));
    }

    /** Of a service that has one already nothing is asked: assigning says so. */
    private void prepare(StepRun run) {
        if (address(run.serviceId()).isEmpty()) {
            assignments.prepare(run.serviceId(), wish(run), run.actor());
        }
    }

    private StepOutcome assign(StepRun run) {
        Optional<AssignedAddress> found = address(run.serviceId());
        AssignedAddress given = assignments.assign(run.serviceId(), wish(run), run.actor());
        return new StepOutcome.Done("It has " + given.prefix() + ".", result(found.orElse(null), given));
    }

    private StepOutcome move(StepRun run) {
        AssignedAddress found = letGo(run).orElse(null);
        AssignedAddress given = assignments.assign(run.serviceId(), wish(run), run.actor());
        return new StepOutcome.Done(
                (found == null ? "It has " : "In place of " + found.prefix() + " it has ") + given.prefix() + ".",
                result(found, given));
    }

    private StepOutcome release(StepRun run) {
        AssignedAddress found = letGo(run).orElse(null);
        return new StepOutcome.Done(
                found == null ? "It had no address any more." : found.prefix() + " is given back.",
                result(found, null));
    }

    private StepOutcome releaseRoutes(StepRun run) {
        Map<String, Object> routes = new LinkedHashMap<>();
        assignments.ofService(run.serviceId()).stream()
                .filter(one -> one.kind().isRoute())
                .forEach(one -> {
                    assignments.release(run.serviceId(), one.kind(), one.prefix(), Retention.revoking(), run.actor());
                    routes.put(one.prefix().toString(), one.kind().word());
                });
        return new StepOutcome.Done(
                routes.isEmpty() ? "It had no routes any more." : routes.keySet() + " are given back.",
                Map.of("routes", routes));
    }

    private StepOutcome putRoutesBack(StepRun run) {
        if (run.result("routes") instanceof Map<?, ?> routes) {
            routes.forEach((prefix, kind) -> take(
                    run, Words.parse(AddressKind.class, kind.toString()), IpPrefix.parse(prefix.toString()), null));
        }
        return StepOutcome.done("The routes are the service's.");
    }

    /** What it had: nobody else has got it, while it is being let go of. */
    private void take(StepRun run, AddressKind kind, IpPrefix prefix, Integer netmaskLength) {
        holds.ofService(run.serviceId(), HoldReason.REVOKING).stream()
                .filter(hold -> hold.prefix().equals(prefix))
                .map(AddressHold::id)
                .forEach(hold -> holds.end(hold, run.actor()));
        assignments.assign(run.serviceId(), new AddressWish(kind, null, prefix, null, netmaskLength), run.actor());
    }

    private Optional<AssignedAddress> letGo(StepRun run) {
        Optional<AssignedAddress> has = address(run.serviceId());
        has.ifPresent(one -> assignments.release(
                run.serviceId(), AddressKind.IPV4_ADDRESS, one.prefix(), Retention.revoking(), run.actor()));
        return has;
    }

    private StepOutcome putBack(StepRun run) {
        Map<String, Object> done = run.step().result();
        if (!done.containsKey(FOUND)) {
            return StepOutcome.done("The address was not changed.");
        }
        String now =
                address(run.serviceId()).map(one -> one.prefix().toString()).orElse(null);
        String former = (String) done.get(FOUND);
        if (!Objects.equals(now, done.get(GIVEN))) {
            return StepOutcome.done("The address was changed since, and stays " + now + ".");
        }
        if (Objects.equals(now, former)) {
            return StepOutcome.done("It has " + now + ", as before.");
        }
        letGo(run);
        if (former == null) {
            return StepOutcome.done(now + " is given back.");
        }
        take(run, AddressKind.IPV4_ADDRESS, IpPrefix.parse(former), (Integer) done.get("addressNetmask"));
        return StepOutcome.done("It has " + former + " again.");
    }

    private Optional<AssignedAddress> address(long serviceId) {
        return assignments.ofService(serviceId).stream()
                .filter(one -> one.kind() == AddressKind.IPV4_ADDRESS)
                .findFirst();
    }

    private static AddressWish wish(StepRun run) {
        String chosen = run.text("address");
        return new AddressWish(
                AddressKind.IPV4_ADDRESS,
                run.number("poolId"),
                chosen == null ? null : IpPrefix.parse(chosen),
                null,
                null);
    }

    private static Map<String, Object> result(AssignedAddress found, AssignedAddress given) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put(FOUND, found == null ? null : found.prefix().toString());
        result.put(GIVEN, given == null ? null : given.prefix().toString());
        result.put("addressNetmask", found == null ? null : found.netmaskLength());
        return result;
    }
}
