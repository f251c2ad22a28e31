package io.patchbay.ledger.vlan;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs work in the caller's transaction, or in one of its own. In its own, what PostgreSQL broke off for a deadlock is done
 * again; in the caller's only the caller can.
 */
final class VlanTransactions {
    private static final int ATTEMPTS = 10;

    private final TransactionTemplate transaction;

    VlanTransactions(TransactionTemplate transaction) {
        this.transaction = transaction;
    }

    <T> T run(Supplier<T> work) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            return told(work);
        }
        for (int attempt = 1; ; attempt++) {
            try {
                return told(() -> transaction.execute(status -> work.get()));
            } catch (ConcurrencyFailureException brokenOff) {
                if (attempt == ATTEMPTS) {
                    throw brokenOff;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(
                        ThreadLocalRandom.current().nextInt(1, 10 * attempt)));
            }
        }
    }

    private static <T> T told(Supplier<T> work) {
        try {
            return work.get();
        } catch (DataIntegrityViolationException refusal) {
            throw VlanRefusals.told(refusal);
        }
    }
}
