package io.patchbay.ledger;

import java.util.List;

/**
 * Part of a list.
 *
 * @param next what to ask for as {@code after} to go on; null at the end
 */
public record Page<T>(List<T> items, Long next) {}
