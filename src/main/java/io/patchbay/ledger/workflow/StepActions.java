package io.patchbay.ledger.workflow;

import io.patchbay.event.EventLog;
import io.patchbay.ledger.LineChanges;
import io.patchbay.ledger.ServiceChanges;
import io.patchbay.ledger.address.AddressSpace;
import io.patchbay.ledger.ipv6.Ipv6Lifecycle;
import io.patchbay.ledger.vlan.VlanBindings;
import io.patchbay.ledger.workflow.PlannedStep.Action;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;

/** Who does which step. */
final class StepActions {
    private StepActions() {}

    /** @throws IllegalStateException when nobody does one of them */
    static Map<Action, StepAction> over(
            JdbcTemplate jdbc,
            EventLog events,
            ServiceChanges services,
            LineChanges lines,
            VlanBindings vlans,
            AddressSpace addresses,
            Ipv6Lifecycle ipv6) {
        LineSteps lineSteps = new LineSteps(jdbc, events, services, lines);
        VlanSteps vlanSteps = new VlanSteps(vlans);
        Map<Action, StepAction> actions = new EnumMap<>(Action.class);
        actions.putAll(new ServiceSteps(jdbc, events, services).actions());
        actions.putAll(lineSteps.actions());
        actions.putAll(vlanSteps.actions());
        actions.putAll(new HomeSteps(lineSteps, vlanSteps).actions());
        actions.putAll(new AddressSteps(addresses.assignments(), addresses.holds()).actions());
        actions.putAll(new Ipv6Steps(jdbc, ipv6).actions());
        Set<Action> missing = EnumSet.allOf(Action.class);
        missing.removeAll(actions.keySet());
        if (!missing.isEmpty()) {
            throw new IllegalStateException("Nobody does " + missing);
        }
        return actions;
    }
}
