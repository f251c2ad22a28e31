package io.patchbay.binding;

import io.patchbay.ledger.LineAuthentication;
import io.patchbay.ledger.NasClient;
import io.patchbay.ledger.ServiceState;
import io.patchbay.ledger.UserNames;
import io.patchbay.ledger.Words;
import io.patchbay.line.AccessNode;
import io.patchbay.line.IdentifierKind;
import io.patchbay.line.LineTemplates;
import io.patchbay.line.ReportedLine;
import io.patchbay.line.VlanTags;
import io.patchbay.wire.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Finds the service that a request is about, in memory only.
 *
 * <ol>
 *   <li>By user name, when the request carries a proof: the proof will have to hold.
 *   <li>By line, where {@link #mayUseLine} allows it: exact circuit-id, then remote-id, NAS-Port-Id and MAC (the MAC only
 *       when neither circuit-id nor remote-id is reported), then the circuit-id's canonical key. Only lines on access nodes of
 *       which the NAS may speak count, and only services of the NAS's own tenant: one NAS serves several tenants by realm,
 *       and a line has none. More than one is a refusal.
 * </ol>
 *
 * A user name that nobody has does not keep the line from being granted, not even beside a PAP password and where the line's
 * own service has a credential: on a NAS with {@code IGNORE_PASSWORD} or {@code CHECK_COMMON_PASSWORD} the name and password
 * of an IPoE request are what somebody configured on the NAS, not the subscriber's words. Where they are the subscriber's
 * (PPP), line authentication stays off by itself as long as the request says that it is PPP; a NAS that does not say so must
 * not be set to authenticate lines.
 *
 * <p>Whether the other identifiers agree with the line that was found is the decision's business, not a second match.
 */
public final class Resolver {
    private static final IdentifierKind[] ORDER = {
        IdentifierKind.CIRCUIT_ID, IdentifierKind.REMOTE_ID, IdentifierKind.NAS_PORT_ID, IdentifierKind.MAC
    };

    private final BindingIndex index;
    private final LineTemplates templates;

    public Resolver(BindingIndex index, LineTemplates templates) {
        this.index = index;
        this.templates = templates;
    }

    /**
     * Whether this request may be answered by its line alone: the NAS is trusted for Option 82 and set to authenticate lines,
     * and nothing says that this is PPP.
     */
    public static boolean mayUseLine(AccessQuestion question) {
        NasClient nas = question.nas();
        return nas.option82Trusted()
                && nas.lineAuthentication() != LineAuthentication.OFF
                && !question.ppp()
                && !question.proof().isPppOnly();
    }

    public Resolution resolve(AccessQuestion question) {
        BindingIndex.Content content = index.content();
        boolean byLine = mayUseLine(question);
        boolean named = question.userName() != null && !question.userName().isEmpty();
        boolean proof = question.proof().isPresent();
        if (named && (proof || !byLine)) {
            Binding binding = byUser(question, content);
            if (binding != null) {
                return new Resolution.Found(binding, true);
            }
        }
        if (byLine) {
            Resolution found = byLine(question.nas(), question.line(), content);
            if (found != null) {
                return found;
            }
        }
        DenialReason reason = byLine && (reportsLine(question.line()) || !named)
                ? DenialReason.UNKNOWN_LINE
                : named ? DenialReason.UNKNOWN_USER : DenialReason.NO_PROOF;
        return new Resolution.NotFound(reason);
    }

    /**
     * Whose a session is, without any proof: the NAS tells of somebody whom it serves already. By user name, else by line
     * where the NAS is trusted for Option 82.
     *
     * @param userName as sent; null when there is none
     * @return null when nobody is known by either, or the line says two things
     */
    public Binding owner(NasClient nas, String userName, ReportedLine line) {
        BindingIndex.Content content = index.content();
        if (userName != null && !userName.isEmpty()) {
            UserNames.Resolved user =
                    UserNames.resolve(userName, content.directory().tenants(), nas.tenantId());
            Binding binding = content.byUser(user.tenantId(), user.name());
            if (binding != null) {
                return binding;
            }
        }
        return nas.option82Trusted() && byLine(nas, line, content) instanceof Resolution.Found found
                ? found.binding()
                : null;
    }

    /** The tenant and normalised name that the request's user name means; null when it names none. */
    public UserNames.Resolved user(AccessQuestion question) {
        return user(question, index.directory());
    }

    private static UserNames.Resolved user(AccessQuestion question, Directory directory) {
        return question.userName() == null
                ? null
                : UserNames.resolve(
                        question.userName(), directory.tenants(), question.nas().tenantId());
    }

    private static Binding byUser(AccessQuestion question, BindingIndex.Content content) {
        UserNames.Resolved user = user(question, content.directory());
        return content.byUser(user.tenantId(), user.name());
    }

    private Resolution byLine(NasClient nas, ReportedLine line, BindingIndex.Content content) {
        Directory directory = content.directory();
        for (IdentifierKind kind : ORDER) {
            Octets value = line.identifier(kind);
            if (isReported(value) && (kind != IdentifierKind.MAC || !reportsOption82(line))) {
                List<Binding> found = visible(content.byIdentifier(kind, value), directory, nas, null);
                if (!found.isEmpty()) {
                    return oneLine(found, word(kind) + " '" + value.display() + "'", line.vlans(), directory);
                }
            }
        }
        return isReported(line.circuitId()) ? byCanonicalKey(nas, line, content) : null;
    }

    private Resolution byCanonicalKey(NasClient nas, ReportedLine line, BindingIndex.Content content) {
        Directory directory = content.directory();
        List<Binding> found = new ArrayList<>();
        String seen = null;
        for (String template : directory.templates(nas)) {
            String key = templates.canonicalKey(template, line.circuitId());
            if (key != null) {
                seen = key;
                found.addAll(visible(content.byCanonicalCircuitId(key), directory, nas, node -> node.template()
                        .equals(template)));
            }
        }
        return found.isEmpty() ? null : oneLine(found, "circuit-id like '" + seen + "'", line.vlans(), directory);
    }

    /** Mostly one or none: then the list is used as it is. */
    private static List<Binding> visible(
            List<Binding> found, Directory directory, NasClient nas, Predicate<AccessNode> node) {
        if (found.isEmpty()) {
            return found;
        }
        List<Binding> visible = null;
        for (Binding binding : found) {
            boolean mayMatch = binding.tenantId() == nas.tenantId()
                    && directory.isVisible(binding.accessNodeId(), nas)
                    && (node == null || node.test(directory.accessNode(binding.accessNodeId())));
            if (mayMatch && found.size() == 1) {
                return found;
            }
            if (mayMatch) {
                visible = visible == null ? new ArrayList<>() : visible;
                visible.add(binding);
            }
        }
        return visible == null ? List.of() : visible;
    }

    private static Resolution oneLine(List<Binding> found, String what, VlanTags seen, Directory directory) {
        if (found.size() == 1) {
            return new Resolution.Found(found.getFirst(), false);
        }
        long[] lines = found.stream().mapToLong(Binding::lineId).distinct().toArray();
        if (lines.length > 1) {
            StringBuilder detail = new StringBuilder(what).append(" names several lines:");
            found.stream().filter(distinctLine()).forEach(binding -> detail.append(" line ")
                    .append(binding.lineId())
                    .append(" on ")
                    .append(nodeName(directory, binding.accessNodeId()))
                    .append(';'));
            return new Resolution.Ambiguous(detail.substring(0, detail.length() - 1));
        }
        return oneService(found, seen);
    }

    private static Predicate<Binding> distinctLine() {
        List<Long> seen = new ArrayList<>();
        return binding -> !seen.contains(binding.lineId()) && seen.add(binding.lineId());
    }

    private static Resolution oneService(List<Binding> services, VlanTags seen) {
        List<Binding> left = services;
        if (seen.isPresent()) {
            left = narrowed(left, binding -> LinePolicy.matches(binding.vlans(), seen));
        }
        left = narrowed(left, binding -> binding.state() == ServiceState.ACTIVE);
        left = narrowed(left, binding -> binding.kind().equals("internet"));
        if (left.size() == 1) {
            return new Resolution.Found(left.getFirst(), false);
        }
        StringBuilder detail = new StringBuilder("line ")
                .append(services.getFirst().lineId())
                .append(" has several services, and no reported VLAN tells which:");
        left.forEach(binding -> detail.append(' ')
                .append(binding.kind())
                .append(' ')
                .append(binding.serviceId())
                .append(';'));
        return new Resolution.Ambiguous(detail.substring(0, detail.length() - 1));
    }

    /** Those that pass, unless none does. */
    private static List<Binding> narrowed(List<Binding> services, Predicate<Binding> test) {
        if (services.size() == 1) {
            return services;
        }
        List<Binding> passed = services.stream().filter(test).toList();
        return passed.isEmpty() ? services : passed;
    }

    private static String nodeName(Directory directory, long accessNodeId) {
        AccessNode node = directory.accessNode(accessNodeId);
        return node == null ? "access node " + accessNodeId : node.name();
    }

    private static boolean reportsLine(ReportedLine line) {
        return reportsOption82(line) || isReported(line.nasPortId()) || isReported(line.mac());
    }

    static boolean reportsOption82(ReportedLine line) {
        return isReported(line.circuitId()) || isReported(line.remoteId());
    }

    static boolean isReported(Octets value) {
        return value != null && !value.isEmpty();
    }

    static String word(IdentifierKind kind) {
        return kind == IdentifierKind.MAC ? "MAC" : Words.of(kind);
    }
}
