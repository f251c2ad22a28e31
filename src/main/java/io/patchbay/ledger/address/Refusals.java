package io.patchbay.ledger.address;

import io.patchbay.ledger.LedgerConflict;
import io.patchbay.ledger.LedgerException;
import io.patchbay.ledger.LedgerInvalid;
import java.util.Set;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.springframework.dao.DataIntegrityViolationException;

/** What the database refuses, as the ledger tells it: its triggers name the holder already. */
final class Refusals {
    /** Raised by our triggers (V30), with a sentence for people. */
    private static final Set<String> TOLD_CONFLICTS =
            Set.of("address_free", "service_prefix_over_pool", "address_block_in_use", "address_block_under_service");

    private static final Set<String> TOLD_INVALID = Set.of("service_prefix_in_pool", "address_hold_in_block");

    /** Checked before by the one who asks: here another was quicker. */
    private static final Set<String> TAKEN_MEANWHILE = Set.of(
            "service_prefix_no_overlap",
            "service_prefix_single",
            "address_hold_no_overlap",
            "address_block_no_overlap",
            "address_pool_name_key");

    private Refusals() {}

    /** @return the refusal itself when it is none of the address space's */
    static RuntimeException told(DataIntegrityViolationException refusal) {
        if (!(refusal.getMostSpecificCause() instanceof PSQLException sql) || sql.getServerErrorMessage() == null) {
            return refusal;
        }
        ServerErrorMessage message = sql.getServerErrorMessage();
        String constraint = String.valueOf(message.getConstraint());
        LedgerException told = TOLD_CONFLICTS.contains(constraint)
                ? new LedgerConflict(message.getMessage() + ".")
                : TOLD_INVALID.contains(constraint)
                        ? new LedgerInvalid(message.getMessage() + ".")
                        : TAKEN_MEANWHILE.contains(constraint)
                                ? new LedgerConflict("It was given to another at the same moment. Try again.")
                                : null;
        if (told == null) {
            return refusal;
        }
        told.initCause(refusal);
        return told;
    }
}
