/** What stands behind the contract's operations: small classes over the operations and readers of the rooms below. */
package io.patchbay.api.operation;
