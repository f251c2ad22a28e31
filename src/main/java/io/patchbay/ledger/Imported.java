package io.patchbay.ledger;

/**
 * An import that is stored.
 *
 * @param result what its caller is told
 * @param serviceIds the new services, one an accepted row, in the order of the file: to be taken into memory before the
 *     caller is told
 */
public record Imported(ImportResult result, long[] serviceIds) {}
