/**
 * Requests that were not as the ledger has it: mismatches, unknown lines, wrong passwords. They are counted at once, put
 * into a bounded queue, folded by what makes them the same, and written behind the reply by one thread: a few rows a
 * flush, whatever the rate.
 */
package io.patchbay.sighting;
