/**
 * The one truth: tenants, plans, NAS clients, access nodes, lines, subscribers, services and what is assigned to them,
 * in PostgreSQL. Its own constraints make double assignment impossible; every change appends an event in the same
 * transaction.
 */
package io.patchbay.ledger;
