package io.patchbay.ledger.vlan;

import io.patchbay.ledger.LedgerConflict;
import io.patchbay.ledger.LedgerException;
import io.patchbay.ledger.LedgerInvalid;
import java.util.Map;
import java.util.Set;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.springframework.dao.DataIntegrityViolationException;

/** What the database refuses about VLANs, as the ledger tells it: its triggers (V33_1) name the holder already. */
public final class VlanRefusals {
    /** Somebody else's. */
    private static final Set<String> CONFLICTS = Set.of(
            "vlan_use_one_model",
            "vlan_use_lines_limit",
            "vlan_range_of_model",
            "vlan_exclusion_kept",
            "vlan_range_in_use",
            "vlan_exclusion_in_use");

    private static final Set<String> INVALID =
            Set.of("service_vlan_in_pool", "service_vlan_of_tenant", "access_node_shared_vlans");

    /** Mere constraints. What a binding needs is looked at before it is written: there another was quicker. */
    private static final Map<String, String> PLAIN = Map.ofEntries(
            Map.entry("service_vlan_dedicated", "The VLANs were given to another at the same moment. Try again."),
            Map.entry("service_vlan_pkey", "The service was given VLANs at the same moment. Try again."),
            Map.entry("vlan_domain_name_key", "There is a VLAN domain of this name already."),
            Map.entry("vlan_pool_name_key", "There is a VLAN pool of this name already."),
            Map.entry("vlan_range_no_overlap", "Another range of the VLAN domain has some of this."),
            Map.entry("vlan_range_one_model", "A pool of the other model has some of these S-VLANs."),
            Map.entry("vlan_exclusion_no_overlap", "Some of this is excluded already."));

    private VlanRefusals() {}

    /** @return the refusal itself when it is none about VLANs */
    public static RuntimeException told(DataIntegrityViolationException refusal) {
        if (!(refusal.getMostSpecificCause() instanceof PSQLException sql) || sql.getServerErrorMessage() == null) {
            return refusal;
        }
        ServerErrorMessage message = sql.getServerErrorMessage();
        String constraint = String.valueOf(message.getConstraint());
        LedgerException told = CONFLICTS.contains(constraint)
                ? new LedgerConflict(message.getMessage() + ".")
                : INVALID.contains(constraint)
                        ? new LedgerInvalid(message.getMessage() + ".")
                        : PLAIN.containsKey(constraint) ? new LedgerConflict(PLAIN.get(constraint)) : null;
        if (told == null) {
            return refusal;
        }
        told.initCause(refusal);
        return told;
    }
}
