/**
 * The ledger and NetBox: what NetBox chooses for services, blocks that are taken from there, changes that people make there, and
 * what a person must decide when the two disagree.
 *
 * <p>Who is right is said by each pool's authority. {@code netbox}: NetBox chooses, its value wins and enters the ledger; what is
 * deleted there while in use is a conflict. {@code local} and {@code netbox-block}: the ledger is right, and the mirror
 * ({@code converge.netbox}) repairs NetBox.
 *
 * <p>No transaction spans a call to NetBox. Every change heard of, by webhook or by polling, is a hint: the object is read anew
 * and compared, so that a repeated, late or forged hint does nothing.
 */
package io.patchbay.ledger.netbox;
