package io.patchbay.api.operation;

import io.patchbay.api.ApiRequest;
import io.patchbay.api.ProblemException;
import io.patchbay.binding.AccessQuestion;
import io.patchbay.binding.Binding;
import io.patchbay.binding.BindingIndex;
import io.patchbay.ledger.LedgerFilter;
import io.patchbay.ledger.LedgerReader;
import io.patchbay.ledger.NasClient;
import io.patchbay.ledger.ServiceView;
import io.patchbay.ledger.UserNames;
import io.patchbay.line.IdentifierKind;
import io.patchbay.line.LineIdentifier;
import io.patchbay.line.LineTemplates;
import io.patchbay.line.ReportedLine;
import io.patchbay.line.VlanTags;
import io.patchbay.wire.IpPrefix;
import io.patchbay.wire.Octets;
import java.util.List;

/**
 * The request that an operator means. When a line is given it is the request's; otherwise the request is the one that the
 * user, or the service, would make from the own line.
 */
final class ExplainQuestion {
    private static final long NO_PORT = -1;

    private final BindingIndex index;
    private final LineTemplates templates;
    private final LedgerReader ledger;

    ExplainQuestion(BindingIndex index, LineTemplates templates, LedgerReader ledger) {
        this.index = index;
        this.templates = templates;
        this.ledger = ledger;
    }

    AccessQuestion of(ApiRequest request) {
        String user = request.parameter("user").orElse(null);
        Octets circuitId = Parameters.octets(request, "circuitId");
        Octets remoteId = Parameters.octets(request, "remoteId");
        Octets nasPortId = Parameters.octets(request, "nasPortId");
        Octets mac = Parameters.mac(request, "mac");
        Binding binding = binding(request);
        boolean lineGiven = circuitId != null || remoteId != null || nasPortId != null || mac != null;
        if (user == null && !lineGiven && binding == null) {
            throw ProblemException.badRequest(
                    "Say who or where: user, circuitId, remoteId, nasPortId, mac, lineId, serviceId or address.");
        }
        NasClient nas = nas(request, binding);
        boolean ppp = isPpp(request, user != null && !lineGiven);
        if (user != null && binding == null) {
            binding = byUser(user, nas);
        } else if (user == null && binding != null) {
            user = binding.userName();
        }
        VlanTags vlans = vlans(request, nas, nasPortId, circuitId);
        ReportedLine line = lineGiven || binding == null
                ? new ReportedLine(circuitId, remoteId, nasPortId, mac, NO_PORT, vlans)
                : ownLine(binding, vlans.isPresent() ? vlans : binding.vlans());
        return new AccessQuestion(nas, user, new TrustedProof(), line, ppp);
    }

    private static boolean isPpp(ApiRequest request, boolean unlessTold) {
        return request.parameter("session").map("pppoe"::equals).orElse(unlessTold);
    }

    /** @return null when nobody has this name */
    private Binding byUser(String user, NasClient nas) {
        UserNames.Resolved named = UserNames.resolve(user, index.directory().tenants(), nas.tenantId());
        return index.byUser(named.tenantId(), named.name());
    }

    /** The service that the request names; null when it names none. */
    private Binding binding(ApiRequest request) {
        Long serviceId = request.number("serviceId");
        IpPrefix address = Parameters.prefix(request, "address");
        Long lineId = request.number("lineId");
        if (serviceId == null && address == null) {
            return lineId == null ? null : onLine(lineId);
        }
        Binding binding = index.byService(serviceId != null ? serviceId : holder(address));
        if (binding == null) {
            throw ProblemException.notFound("There is no service " + serviceId + ".");
        }
        return binding;
    }

    private Binding onLine(long lineId) {
        List<Binding> found = index.byLine(lineId);
        if (found.size() != 1) {
            throw ProblemException.badRequest("On line " + lineId + " live the services "
                    + found.stream().map(Binding::serviceId).sorted().toList() + "; give one as serviceId.");
        }
        return found.getFirst();
    }

    boolean isHeld(IpPrefix address) {
        return !ledger.subscribers(new LedgerFilter(null, null, address), 0, 1)
                .items()
                .isEmpty();
    }

    private long holder(IpPrefix address) {
        List<ServiceView> holders = ledger.subscribers(new LedgerFilter(null, null, address), 0, 2).items().stream()
                .flatMap(subscriber -> subscriber.services().stream())
                .filter(service -> service.assignments().stream()
                        .anyMatch(one -> one.prefix().contains(address) || address.contains(one.prefix())))
                .toList();
        if (holders.size() != 1) {
            throw holders.isEmpty()
                    ? ProblemException.notFound("No service has the address " + address + ".")
                    : ProblemException.badRequest(
                            "More than one service has addresses in " + address + "; name one address.");
        }
        return holders.getFirst().id();
    }

    private NasClient nas(ApiRequest request, Binding binding) {
        String wanted = request.parameter("nas").orElse(null);
        List<NasClient> all = index.directory().nasClients();
        if (wanted != null) {
            NasClient nas = index.directory().nas(wanted);
            NasClient named =
                    nas == null && isAddress(wanted) ? index.directory().nas(Parameters.prefix(request, "nas")) : nas;
            if (named == null) {
                throw ProblemException.notFound("There is no NAS client '" + wanted + "', by name or by address.");
            }
            return named;
        }
        List<NasClient> candidates = binding == null
                ? all
                : all.stream()
                        .filter(nas ->
                                binding.lineId() == 0 || index.directory().isVisible(binding.accessNodeId(), nas))
                        .toList();
        if (candidates.size() != 1) {
            throw ProblemException.badRequest(
                    "Say which NAS would ask (nas=name or address): " + candidates.size() + " might.");
        }
        return candidates.getFirst();
    }

    private VlanTags vlans(ApiRequest request, NasClient nas, Octets nasPortId, Octets circuitId) {
        Long outer = request.number("sVlan");
        Long inner = request.number("cVlan");
        if (outer != null) {
            return new VlanTags(outer.intValue(), inner == null ? 0 : inner.intValue());
        }
        return nas.portTemplate() == null
                ? VlanTags.NONE
                : templates.vlans(nas.portTemplate(), nasPortId, NO_PORT, nas.option82Trusted() ? circuitId : null);
    }

    private static ReportedLine ownLine(Binding binding, VlanTags vlans) {
        return new ReportedLine(
                identifier(binding, IdentifierKind.CIRCUIT_ID),
                identifier(binding, IdentifierKind.REMOTE_ID),
                identifier(binding, IdentifierKind.NAS_PORT_ID),
                identifier(binding, IdentifierKind.MAC),
                NO_PORT,
                vlans);
    }

    private static Octets identifier(Binding binding, IdentifierKind kind) {
        return binding.identifiers().stream()
                .filter(identifier -> identifier.kind() == kind)
                .map(LineIdentifier::value)
                .findFirst()
                .orElse(null);
    }

    private static boolean isAddress(String text) {
        return text.matches("[0-9a-fA-F.:]+") && (text.indexOf('.') > 0 || text.indexOf(':') >= 0);
    }
}
