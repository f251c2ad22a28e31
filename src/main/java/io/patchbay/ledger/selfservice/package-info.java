/**
 * What subscribers may do themselves: ask for a static address. An operator grants or declines it; nothing is given without
 * one, since an address that is asked for costs a pool that others draw from.
 */
package io.patchbay.ledger.selfservice;
