/**
 * What is done to a service in several steps: activated, suspended, moved, renumbered, terminated. First a plan, which is a pure
 * function of what the ledger holds and what is asked for, and is what an operator sees before anything is done; it bears a
 * fingerprint, and what is applied is that plan or nothing. Then its steps, in order: allocate first, then project. Each step
 * and its mark are one transaction, so that a crash at any point is resumed by whoever looks next. A step that fails says why;
 * what was done stays told, and can be tried again or rolled back.
 *
 * <p>Zero-touch activation is the same: a line that nobody knows is matched with the services that wait for theirs, and bound
 * by the workflow that activates.
 */
package io.patchbay.ledger.workflow;
