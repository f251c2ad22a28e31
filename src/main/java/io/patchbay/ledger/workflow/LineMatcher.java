package io.patchbay.ledger.workflow;

import io.patchbay.wire.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether a line may be the one that an order waits for: a pure function. A name that is the line's own speaks for it strongly;
 * one that differs from what was expected leaves only a weak match, for somebody to decide.
 */
final class LineMatcher {
    private final UnknownLine line;
    private final WaitingOrder order;
    private final String onuSerial;
    private final List<String> reasons = new ArrayList<>();
    private boolean strong;
    private boolean weak;
    private boolean contradicted;

    private LineMatcher(UnknownLine line, String onuSerial, WaitingOrder order) {
        this.line = line;
        this.onuSerial = onuSerial;
        this.order = order;
    }

    /**
     * @param onuSerial of the line where somebody has told it; null when only what the line reports is known
     * @return empty when nothing speaks for it
     */
    static Optional<LineMatch> match(UnknownLine line, String onuSerial, WaitingOrder order) {
        LineMatcher matcher = new LineMatcher(line, onuSerial, order);
        matcher.compare("circuit-id", order.circuitId(), line.circuitId());
        matcher.compare("remote-id", order.remoteId(), line.remoteId());
        matcher.compare("MAC", order.mac(), line.mac());
        matcher.onu();
        matcher.user();
        matcher.node();
        return matcher.strong || matcher.weak
                ? Optional.of(new LineMatch(order, matcher.strong && !matcher.contradicted, matcher.reasons))
                : Optional.empty();
    }

    private void compare(String what, Octets expected, Octets seen) {
        if (expected == null || seen == null) {
            return;
        }
        if (expected.equals(seen)) {
            strong = true;
            reasons.add("The " + what + " " + seen.display() + " is the expected one.");
        } else {
            contradicted = true;
            reasons.add("The " + what + " is " + seen.display() + ", not " + expected.display() + " as expected.");
        }
    }

    private void onu() {
        if (order.onuSerial() == null) {
            return;
        }
        if (onuSerial != null) {
            compare("ONU serial", Octets.ofText(order.onuSerial()), Octets.ofText(onuSerial));
            return;
        }
        if (contains(line.circuitId()) || contains(line.remoteId())) {
            strong = true;
            reasons.add("It reports the expected ONU, " + order.onuSerial() + ".");
        }
    }

    private boolean contains(Octets name) {
        return name != null
                && name.text()
                        .toLowerCase(Locale.ROOT)
                        .contains(order.onuSerial().toLowerCase(Locale.ROOT));
    }

    private void user() {
        if (line.serviceId() != null && line.serviceId() == order.serviceId()) {
            strong = true;
            reasons.add("Its user has logged in from there.");
        } else if (order.userName() != null && order.userName().equals(line.userName())) {
            weak = true;
            reasons.add("Its user name was sent from there, without proof.");
        }
    }

    private void node() {
        if (order.accessNode() == null || order.nasOfNode() == null || line.nasClientId() == 0) {
            return;
        }
        if (order.nasOfNode() == line.nasClientId()) {
            weak = true;
            reasons.add("It was seen by the NAS of the expected access node, " + order.accessNode() + ".");
        } else {
            contradicted = true;
            reasons.add("It was seen by another NAS than that of the access node " + order.accessNode() + ".");
        }
    }
}
