package io.patchbay.converge;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Where something of a service has to arrive. Idempotent by construction: whatever was done already is observed, and not
 * planned again.
 *
 * @param <O> what is observed of a service
 * @param <P> what is to be done, and why: also what an operator is shown before it is done
 * @param <A> what was done
 */
public interface Target<O, P, A> {
    /** As the table convergence has it. */
    String name();

    /** Targets that must have converged for a service before this one is looked at. */
    Set<String> after();

    /** What is there now, for each of these services. Blocks. */
    Map<Long, O> observe(Collection<Long> serviceIds);

    /** What is missing, from what is desired and what was observed; changes nothing. */
    P plan(long serviceId, O observed);

    /** Does it, without blocking. The future never fails for what the equipment does or does not do. */
    CompletableFuture<A> apply(P plan);

    /** Whether it is true now. Runs within the transaction that writes down the verdict, and writes what is to be remembered. */
    Verdict verify(A applied);
}
