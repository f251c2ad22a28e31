package io.patchbay.api.operation;

import io.patchbay.binding.AccessQuestion;
import io.patchbay.binding.Binding;
import io.patchbay.converge.ConvergenceReader;
import io.patchbay.ledger.Words;
import io.patchbay.ledger.address.AddressLookup;
import io.patchbay.ledger.address.AddressSearch;
import io.patchbay.ledger.address.PastAddress;
import io.patchbay.ledger.ipv6.Ipv6Reader;
import io.patchbay.ledger.vlan.VlanBindings;
import io.patchbay.ledger.vlan.VlanPool;
import io.patchbay.ledger.vlan.VlanPools;
import io.patchbay.ledger.workflow.LineMatch;
import io.patchbay.ledger.workflow.Orders;
import io.patchbay.ledger.workflow.UnknownLine;
import io.patchbay.ledger.workflow.Workflows;
import io.patchbay.line.ReportedLine;
import io.patchbay.session.SessionFilter;
import io.patchbay.session.SessionReader;
import io.patchbay.session.SessionView;
import io.patchbay.wire.IpPrefix;
import java.util.Comparator;
import java.util.List;

/** Gathers what stands around an answer, each from the room that knows it. */
final class ExplainSurroundings {
    private static final int MANY = 10;

    private final AddressLookup addresses;
    private final AddressSearch history;
    private final VlanBindings vlans;
    private final VlanPools vlanPools;
    private final Ipv6Reader ipv6;
    private final SessionReader sessions;
    private final Workflows workflows;
    private final ConvergenceReader convergence;
    private final Orders orders;

    ExplainSurroundings(
            AddressLookup addresses,
            AddressSearch history,
            VlanBindings vlans,
            VlanPools vlanPools,
            Ipv6Reader ipv6,
            SessionReader sessions,
            Workflows workflows,
            ConvergenceReader convergence,
            Orders orders) {
        this.addresses = addresses;
        this.history = history;
        this.vlans = vlans;
        this.vlanPools = vlanPools;
        this.ipv6 = ipv6;
        this.sessions = sessions;
        this.workflows = workflows;
        this.convergence = convergence;
        this.orders = orders;
    }

    /** @param address null when none was asked about; @param question who would ask */
    Surroundings of(Binding binding, AccessQuestion question, IpPrefix address) {
        if (binding == null) {
            return new Surroundings(
                    standing(address),
                    history(address),
                    null,
                    null,
                    live(question),
                    null,
                    null,
                    null,
                    matches(question));
        }
        long service = binding.serviceId();
        return new Surroundings(
                standing(address),
                history(address),
                vlan(service),
                Ipv6Operations.View.of(ipv6.ofService(service)),
                live(SessionFilter.ALL.ofService(service)),
                workflows.list(null, null, service, Long.MAX_VALUE, MANY).stream()
                        .filter(one -> !one.hasEnded() || one.state().equals("failed"))
                        .map(WorkflowViews.Shown::of)
                        .toList(),
                convergence.ofService(service).stream()
                        .map(NasChangeOperations.State::of)
                        .toList(),
                orders.find(service).map(WorkflowViews.Order::of).orElse(null),
                null);
    }

    /** Of an address that nobody has. */
    Surroundings ofNobody(IpPrefix address) {
        return new Surroundings(
                standing(address),
                history(address),
                null,
                null,
                live(SessionFilter.ALL.ofAddress(address)),
                null,
                null,
                null,
                null);
    }

    private AddressLookup.Standing standing(IpPrefix address) {
        return address == null ? null : addresses.of(address).orElse(null);
    }

    private List<PastAddress> history(IpPrefix address) {
        if (address == null) {
            return null;
        }
        return history.past(address, null, null, null, null, AddressSearch.Position.FIRST, MANY).items().stream()
                .sorted(Comparator.comparing(PastAddress::assignedAt).reversed())
                .toList();
    }

    private Surroundings.Vlan vlan(long service) {
        return vlans.find(service)
                .map(one -> new Surroundings.Vlan(
                        Words.of(one.model()),
                        one.sVlan(),
                        one.cVlan(),
                        one.poolId() == null
                                ? null
                                : vlanPools
                                        .find(one.poolId())
                                        .map(VlanPool::name)
                                        .orElse(null),
                        one.overridden()))
                .orElse(null);
    }

    private List<SessionView> live(SessionFilter filter) {
        return sessions.find(filter.inState(SessionFilter.State.LIVE), MANY);
    }

    /** Of somebody whom nobody knows: what runs under the same name or over the same line. */
    private List<SessionView> live(AccessQuestion question) {
        ReportedLine line = question.line();
        SessionFilter filter = line.circuitId() != null
                ? SessionFilter.ALL.ofCircuit(line.circuitId())
                : line.mac() != null
                        ? SessionFilter.ALL.ofMac(line.mac())
                        : SessionFilter.ALL.ofUser(question.userName());
        return filter.equals(SessionFilter.ALL) ? null : live(filter);
    }

    private List<WorkflowViews.Match> matches(AccessQuestion question) {
        ReportedLine line = question.line();
        UnknownLine unknown = new UnknownLine(
                0,
                question.nas().id(),
                question.nas().name(),
                question.nas().tenantId(),
                null,
                question.userName(),
                line.circuitId(),
                line.remoteId(),
                line.nasPortId(),
                line.mac(),
                null,
                null,
                0);
        List<LineMatch> found = orders.matches(unknown, null);
        return found.isEmpty()
                ? null
                : found.stream().map(WorkflowViews.Match::of).toList();
    }
}
