package io.patchbay.binding;

import io.patchbay.ledger.NasClient;
import io.patchbay.ledger.Plan;
import io.patchbay.ledger.Tenant;
import io.patchbay.line.AccessNode;
import io.patchbay.wire.IpPrefix;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who may ask, and what bindings refer to: NASes, access nodes, tenants, plans. Immutable: a change makes a new one. */
public final class Directory {
    public static final Directory EMPTY = new Directory(List.of(), List.of(), List.of(), List.of());

    private final List<NasClient> nasClients;
    private final List<AccessNode> accessNodes;
    private final List<Tenant> tenants;
    private final List<Plan> plans;
    private final Map<IpPrefix, NasClient> nasByAddress;
    private final Map<String, NasClient> nasByRadSecName;
    private final int[] ipv4Lengths;
    private final int[] ipv6Lengths;
    private final Map<Long, NasClient> nasById;
    private final Map<Long, AccessNode> nodeById;
    private final Map<Long, Plan> planById;
    private final Map<Long, List<String>> templatesByNas;
    private final List<String> templatesOfAnyNas;

    public Directory(List<NasClient> nasClients, List<AccessNode> accessNodes, List<Tenant> tenants, List<Plan> plans) {
        this.nasClients = List.copyOf(nasClients);
        this.accessNodes = List.copyOf(accessNodes);
        this.tenants = List.copyOf(tenants);
        this.plans = List.copyOf(plans);
        this.nasByAddress = this.nasClients.stream()
                .collect(Collectors.toMap(
                        nas -> masked(nas.address(), nas.address().length()), Function.identity()));
        this.nasByRadSecName = this.nasClients.stream()
                .filter(nas -> nas.radsecName() != null)
                .collect(Collectors.toMap(
                        nas -> nas.radsecName().toLowerCase(Locale.ROOT),
                        NasClient::overTls,
                        (first, second) -> first));
        this.ipv4Lengths = lengths(false);
        this.ipv6Lengths = lengths(true);
        this.nasById = byId(this.nasClients, NasClient::id);
        this.nodeById = byId(this.accessNodes, AccessNode::id);
        this.planById = byId(this.plans, Plan::id);
        this.templatesByNas = new HashMap<>();
        for (NasClient nas : this.nasClients) {
            templatesByNas.put(nas.id(), templatesVisibleTo(nas.id()));
        }
        this.templatesOfAnyNas = templatesVisibleTo(0);
    }

    public List<NasClient> nasClients() {
        return nasClients;
    }

    public List<AccessNode> accessNodes() {
        return accessNodes;
    }

    public List<Tenant> tenants() {
        return tenants;
    }

    public List<Plan> plans() {
        return plans;
    }

    /** The NAS whose address is the longest prefix of {@code source}; null when none is. */
    public NasClient nas(InetAddress source) {
        byte[] address = source.getAddress();
        return nas(IpPrefix.of(address, address.length * 8));
    }

    /** @param source a whole address */
    public NasClient nas(IpPrefix source) {
        for (int length : source.v6() ? ipv6Lengths : ipv4Lengths) {
            NasClient nas = nasByAddress.get(masked(source, length));
            if (nas != null) {
                return nas;
            }
        }
        return null;
    }

    /** The NAS of this name; null when there is none. */
    public NasClient nas(String name) {
        return nasClients.stream()
                .filter(nas -> nas.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /**
     * The NAS whose {@code radsecName} is one of these, as it is over TLS; null when there is none.
     *
     * @param names of its certificate, in lower case
     */
    public NasClient nasByCertificate(List<String> names) {
        for (String name : names) {
            NasClient nas = nasByRadSecName.get(name);
            if (nas != null) {
                return nas;
            }
        }
        return null;
    }

    /** Null when there is none; likewise {@link #accessNode} and {@link #plan}. */
    public NasClient nas(long id) {
        return nasById.get(id);
    }

    public AccessNode accessNode(long id) {
        return nodeById.get(id);
    }

    public Plan plan(long id) {
        return planById.get(id);
    }

    /** Whether the NAS may speak of the lines of this access node: nothing matches across scopes. */
    public boolean isVisible(long accessNodeId, NasClient nas) {
        AccessNode node = nodeById.get(accessNodeId);
        return node != null && (node.nasClientId() == 0 || node.nasClientId() == nas.id());
    }

    /** The distinct circuit-id templates of the access nodes of which this NAS may speak. */
    public List<String> templates(NasClient nas) {
        return templatesByNas.getOrDefault(nas.id(), templatesOfAnyNas);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Directory that
                && nasClients.equals(that.nasClients)
                && accessNodes.equals(that.accessNodes)
                && tenants.equals(that.tenants)
                && plans.equals(that.plans);
    }

    @Override
    public int hashCode() {
        return Objects.hash(nasClients, accessNodes, tenants, plans);
    }

    private List<String> templatesVisibleTo(long nasId) {
        return accessNodes.stream()
                .filter(node -> node.nasClientId() == 0 || node.nasClientId() == nasId)
                .map(AccessNode::template)
                .distinct()
                .toList();
    }

    private int[] lengths(boolean v6) {
        Stream<IpPrefix> addresses = nasByAddress.keySet().stream().filter(address -> address.v6() == v6);
        Integer[] longestFirst = addresses
                .map(IpPrefix::length)
                .distinct()
                .sorted(Comparator.reverseOrder())
                .toArray(Integer[]::new);
        return Arrays.stream(longestFirst).mapToInt(Integer::intValue).toArray();
    }

    private static IpPrefix masked(IpPrefix address, int length) {
        long high =
                !address.v6() || length >= 64 ? address.high() : length == 0 ? 0 : address.high() & -1L << 64 - length;
        int lowBits = address.v6() ? Math.max(0, length - 64) : length + 32;
        long low = lowBits == 0 || (!address.v6() && length == 0) ? 0 : address.low() & -1L << 64 - lowBits;
        return new IpPrefix(address.v6(), high, low, length);
    }

    private static <T> Map<Long, T> byId(List<T> values, ToLongFunction<T> id) {
        return values.stream().collect(Collectors.toMap(id::applyAsLong, Function.identity()));
    }
}
