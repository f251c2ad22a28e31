/**
 * Acknowledge after commit, commit in groups (DESIGN, idea 5). One class serves accounting and leases: it knows nothing of
 * either.
 *
 * <pre>
 * exchange -> GroupCommit -> FairQueue, one per Writer -> JournaledStore -> the GroupStore beneath -> PostgreSQL
 *                 ^                                          |    ^
 *                 '---- callback: the acknowledgement        v    | Drain, when it is back
 *                                                          Journal (disk)
 * </pre>
 *
 * {@link io.patchbay.commit.GroupCommit} queues exchange and callback, bounded and fair; a few writers take what is there,
 * store each group in one transaction, and only then complete the callbacks. While the database is away {@link
 * io.patchbay.commit.JournaledStore} takes the groups into a journal on disk, forced before it returns, and drains it in order
 * once the database is back. What neither takes is not acknowledged, and {@link io.patchbay.commit.CommitListener} hears why.
 */
package io.patchbay.commit;
