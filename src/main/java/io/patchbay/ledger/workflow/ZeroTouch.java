package io.patchbay.ledger.workflow;

import io.patchbay.event.Actor;
import io.patchbay.ledger.LedgerConflict;
import io.patchbay.ledger.LedgerException;
import io.patchbay.ledger.LedgerInvalid;
import io.patchbay.ledger.LedgerNotFound;
import io.patchbay.wire.Octets;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Matches lines that nobody knows with the services that wait for theirs, and binds them by the workflow that activates. By
 * itself it binds only what admits of no doubt: one line and one order that match strongly, and no others.
 */
public final class ZeroTouch {
    private static final Logger LOG = LoggerFactory.getLogger(ZeroTouch.class);
    private static final Actor ITSELF = new Actor("zero-touch", "The only line and the only order that match.");
    private static final int LINES_A_TURN = 200;

    private final JdbcTemplate jdbc;
    private final UnknownLines lines;
    private final Orders orders;
    private final Workflows workflows;

    ZeroTouch(JdbcTemplate jdbc, UnknownLines lines, Orders orders, Workflows workflows) {
        this.jdbc = jdbc;
        this.lines = lines;
        this.orders = orders;
        this.workflows = workflows;
    }

    /**
     * Binds a line that was seen to a service that waits, and activates that.
     *
     * @param serviceId null: the one whose order matches strongly
     * @param accessNode the name of the one that the line is of; null: as the order says, else the NAS's only one
     * @throws LedgerNotFound when no such line was seen, or somebody lives there by now
     * @throws LedgerConflict when not exactly one order matches strongly and none is named
     * @throws LedgerInvalid when nothing says of which access node the line is
     */
    public Begun bind(long sightingId, Long serviceId, String accessNode, String fingerprint, Actor actor) {
        return workflows.apply(request(sightingId, serviceId, accessNode), fingerprint, actor);
    }

    /** What {@link #bind} would do; likewise. */
    public WorkflowPlan preview(long sightingId, Long serviceId, String accessNode) {
        return workflows.preview(request(sightingId, serviceId, accessNode));
    }

    private WorkflowRequest request(long sightingId, Long serviceId, String accessNode) {
        UnknownLine line = lines.find(sightingId)
                .orElseThrow(() -> new LedgerNotFound(
                        "There is no unknown line " + sightingId + ", or somebody lives on it by now."));
        WaitingOrder order = serviceId == null ? onlyStrong(line) : named(serviceId);
        return request(line, order, accessNode);
    }

    private WaitingOrder onlyStrong(UnknownLine line) {
        List<LineMatch> strong =
                orders.matches(line, null).stream().filter(LineMatch::strong).toList();
        if (strong.size() != 1) {
            throw new LedgerConflict(strong.size()
                    + " waiting orders match this line without doubt; say which service it is" + " to be bound to.");
        }
        return strong.getFirst().order();
    }

    private WaitingOrder named(long serviceId) {
        return orders.find(serviceId)
                .orElseThrow(() -> new LedgerConflict("Service " + serviceId + " does not wait for a line."));
    }

    /** The names that say where the line is; of a device that may be swapped only when there are no others. */
    private WorkflowRequest request(UnknownLine line, WaitingOrder order, String accessNode) {
        boolean isNamed = line.circuitId() != null || line.remoteId() != null;
        Wishes.NewLine names = new Wishes.NewLine(
                accessNode != null ? accessNode : node(line, order),
                hex(line.circuitId()),
                hex(line.remoteId()),
                isNamed ? null : hex(line.nasPortId()),
                isNamed || line.nasPortId() != null || line.mac() == null
                        ? null
                        : line.mac().hex(),
                order.onuSerial(),
                order.uni());
        return new WorkflowRequest(WorkflowKind.ACTIVATE, order.serviceId(), Wishes.of(names));
    }

    private String node(UnknownLine line, WaitingOrder order) {
        if (order.accessNode() != null) {
            return order.accessNode();
        }
        List<String> ofNas = jdbc.queryForList(
                "select name from access_node where nas_client_id = ? order by id limit 2",
                String.class,
                line.nasClientId());
        if (ofNas.size() != 1) {
            throw new LedgerInvalid(
                    "Say of which accessNode the line is: neither the order nor the NAS " + line.nas() + " tells it.");
        }
        return ofNas.getFirst();
    }

    /** Binds what admits of no doubt among the lines seen last. @return how many workflows were begun */
    int bindByItself() {
        List<UnknownLine> seen = lines.recent(null, 0, LINES_A_TURN);
        List<Strong> strong = seen.stream()
                .flatMap(line -> orders.matches(line, null).stream()
                        .filter(LineMatch::strong)
                        .map(match -> new Strong(line, match.order())))
                .toList();
        int begun = 0;
        for (Strong one : strong) {
            boolean alone = strong.stream()
                    .allMatch(other -> isSameLine(other.line(), one.line())
                            == (other.order().serviceId() == one.order().serviceId()));
            if (alone && bindByItself(one)) {
                begun++;
            }
        }
        return begun;
    }

    private record Strong(UnknownLine line, WaitingOrder order) {}

    /** One line may have been seen in several ways: by another MAC, or with another user's name. */
    private static boolean isSameLine(UnknownLine one, UnknownLine other) {
        return one.nasClientId() == other.nasClientId()
                && Objects.equals(one.circuitId(), other.circuitId())
                && Objects.equals(one.remoteId(), other.remoteId())
                && (one.circuitId() != null || one.remoteId() != null || Objects.equals(one.mac(), other.mac()));
    }

    private boolean bindByItself(Strong one) {
        try {
            Begun begun = workflows.apply(request(one.line(), one.order(), null), null, ITSELF);
            return begun instanceof Begun.Started;
        } catch (LedgerException refused) {
            LOG.debug(
                    "Line of sighting {} is left to an operator: {}", one.line().sightingId(), refused.getMessage());
            return false;
        }
    }

    private static String hex(Octets octets) {
        return octets == null ? null : "0x" + octets.hex();
    }
}
