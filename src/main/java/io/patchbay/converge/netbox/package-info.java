/**
 * The ledger's mirror in NetBox: addresses, prefixes and VLANs that services have from pools whose authority is {@code local} or
 * {@code netbox-block}. The ledger is right and NetBox is repaired; what pools with the authority {@code netbox} hold is
 * NetBox's own ({@link io.patchbay.ledger.netbox}) and left alone here.
 *
 * <p>Each object bears a key in the unique custom field ({@code service-12/ipv4-address}), by which it is found, compared,
 * changed and deleted; an object without such a key is never touched, and stands in the way as a conflict. Only the fields that
 * the hub writes are compared: descriptions, roles and tags that people add stay. What cools down in the ledger, or is kept
 * there for another reason, has no object here.
 *
 * <p>One turn of the worker is one set of bulk calls ({@link io.patchbay.converge.netbox.MirrorWriter}).
 */
package io.patchbay.converge.netbox;
