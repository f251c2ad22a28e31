/**
 * Acknowledge after commit, commit in groups (DESIGN, idea 5): what came in over UDP is queued, bounded and fair; a few
 * writers drain the queue, store each group in one transaction, and only then complete the exchanges, whose routes go on to
 * the acknowledgement. While the database is away groups go to a journal on disk instead, which is drained in order once it is
 * back. One class serves accounting and leases: it knows nothing of either.
 */
package io.patchbay.commit;
