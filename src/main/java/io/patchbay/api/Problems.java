package io.patchbay.api;

import io.patchbay.api.security.NameTakenException;
import io.patchbay.ledger.AuthorityAway;
import io.patchbay.ledger.LedgerConflict;
import io.patchbay.ledger.LedgerException;
import io.patchbay.ledger.LedgerInvalid;
import io.patchbay.ledger.LedgerNotFound;
import io.patchbay.ledger.PoolExhausted;
import io.patchbay.ledger.vlan.VlanRefusals;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.task.TaskRejectedException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.TransactionException;

/** Which problem an exception is. What is nobody's mistake but ours goes to the log, and its text not to the caller. */
public final class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    /** A pool has nothing left of what was asked for: another conflict than somebody's holding it. */
    private static final String POOL_EXHAUSTED = "urn:patchbay:pool-exhausted";

    private Problems() {}

    /** @param where the operation or path, for the log */
    public static Problem of(Throwable failure, String where) {
        return switch (failure) {
            case ProblemException told -> told.problem();
            case LedgerNotFound missing -> Problem.of(404, missing.getMessage());
            case LedgerConflict conflict -> Problem.of(409, conflict.getMessage());
            case PoolExhausted exhausted ->
                Problem.of(409, exhausted.getMessage()).ofType(POOL_EXHAUSTED);
            case AuthorityAway away -> Problem.of(503, away.getMessage());
            case LedgerInvalid invalid -> Problem.of(422, invalid.getMessage());
            case NameTakenException taken -> Problem.of(409, taken.getMessage());
            case DataAccessResourceFailureException away -> databaseAway(away, where);
            case RecoverableDataAccessException away -> databaseAway(away, where);
            case TransientDataAccessException away -> databaseAway(away, where);
            case TransactionException away -> databaseAway(away, where);
            case DataIntegrityViolationException refused ->
                isValueAtFault(refused) ? unstorable() : refused(refused, where);
            case TaskRejectedException busy -> Problem.of(503, "Too many requests are waiting; try again in a moment.");
            default -> ours(failure, where);
        };
    }

    /** A trigger's refusal is one of the ledger, whatever wrote the row. */
    private static Problem refused(DataIntegrityViolationException refused, String where) {
        return VlanRefusals.told(refused) instanceof LedgerException told ? of(told, where) : ours(refused, where);
    }

    private static Problem ours(Throwable failure, String where) {
        LOG.error("{} failed", where, failure);
        return Problem.of(500, "The hub failed to do this; its log says why.");
    }

    private static Problem unstorable() {
        return Problem.of(
                422,
                "A value is one that the ledger cannot hold: a text with a NUL character, or an address with bits beyond its"
                        + " prefix length.");
    }

    /** SQLSTATE class 22: what came from outside is no value of its type; a broken constraint (23) would be our mistake. */
    private static boolean isValueAtFault(DataIntegrityViolationException refused) {
        return refused.getMostSpecificCause() instanceof SQLException sql
                && sql.getSQLState() != null
                && sql.getSQLState().startsWith("22");
    }

    private static Problem databaseAway(Exception away, String where) {
        LOG.warn("{} failed, since the database cannot be used: {}", where, away.getMessage());
        return Problem.of(
                503, "The database cannot be reached; try again later. RADIUS is answered from memory meanwhile.");
    }
}
