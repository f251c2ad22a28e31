/**
 * Which address belongs to whom: pools and their parts, assignments, reservations, history.
 *
 * <p>The database keeps the free space itself, as a buddy system by triggers (migration V30): what lies in a pool is in exactly
 * one place, free, assigned or held. This room asks it for the next, or for a chosen prefix, and adds what triggers cannot know:
 * live sessions that hold an address nobody was given, and NetBox, which chooses in the pools whose authority it is.
 */
package io.patchbay.ledger.address;
