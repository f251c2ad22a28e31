/**
 * Convergence: what the ledger wants is brought about where it has to arrive. A {@link io.patchbay.converge.Target} observes,
 * plans, applies and verifies; the {@link io.patchbay.converge.ConvergenceWorker} does that for every service whose desired
 * version is ahead of its applied one, again until it is so or has failed often enough to need an operator. No thread waits for
 * an equipment, and no transaction spans a call to one.
 */
package io.patchbay.converge;
