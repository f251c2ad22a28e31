/**
 * Accounting (RFC 2866): what the NASes tell of sessions is read from the packet ({@link
 * io.patchbay.session.AccountingRecord}), folded into the session it belongs to, and stored before it is acknowledged. From
 * the sessions comes who held an address at a time.
 */
package io.patchbay.session;
