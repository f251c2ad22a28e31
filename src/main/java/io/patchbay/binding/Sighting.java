package io.patchbay.binding;

import io.patchbay.ledger.NasClient;
import io.patchbay.line.ReportedLine;
import java.time.Instant;
import java.util.List;

/**
 * A request that was not as the ledger has it: a mismatch or an unknown line or user. It is written behind the reply.
 *
 * @param binding null when nobody was found
 * @param reason why it was denied, or LINE_MISMATCH / VLAN_MISMATCH when it was only noted
 * @param outcome the word of the decision: grant, quarantine, reject, unknown
 */
public record Sighting(
        Instant at,
        NasClient nas,
        String userName,
        ReportedLine line,
        Binding binding,
        DenialReason reason,
        String outcome,
        List<Mismatch> mismatches) {}
