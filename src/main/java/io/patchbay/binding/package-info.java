/**
 * Who lives behind the line: every service with its line, its assignments and its plan, in memory, kept fresh from the
 * ledger; and the decision that follows for one request. Nothing here waits.
 */
package io.patchbay.binding;
