package io.patchbay.ledger.workflow;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * What is to be chosen otherwise than plan and pools would; a null is no wish. Which of them a kind of workflow knows, {@link
 * Planner} says. Bytes are text, or 0x and hexadecimal.
 *
 * @param lineId the line to live on; not with {@code line}
 * @param line likewise, by its names: made when there is none yet
 * @param plan its name
 * @param cpeId what the device at the subscriber is called by its manager
 * @param mac the device's, six bytes
 * @param families what is to be renumbered: ipv4, ipv6
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Wishes(
        Long lineId,
        NewLine line,
        String plan,
        String cpeId,
        String mac,
        Vlan vlan,
        Ipv4 ipv4,
        Ipv6 ipv6,
        List<String> families) {
    public static final Wishes NONE = new Wishes(null, null, null, null, null, null, null, null, null);

    /** A line by its names, and nothing else. */
    public static Wishes of(NewLine line) {
        return new Wishes(null, line, null, null, null, null, null, null, null);
    }

    /** @param accessNode its name */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record NewLine(
            String accessNode,
            String circuitId,
            String remoteId,
            String nasPortId,
            String mac,
            String onuSerial,
            Integer uni) {}

    /** @param pool its name; the tags are chosen in it, or its next free ones are taken */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Vlan(String pool, Integer sVlan, Integer cVlan) {}

    /** @param pool its name; {@code address} is chosen in it, or its next free one is taken */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Ipv4(String pool, String address) {}

    /** @param mode none, slaac, stateful, pd or dual_stack */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Ipv6(String mode) {}
}
