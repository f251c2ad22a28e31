package io.patchbay.ledger;

import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Part of a list.
 *
 * @param next what to ask for as {@code after} to go on; null at the end
 */
public record Page<T>(List<T> items, Long next) {
    /** @param limit as many as were asked for: fewer are the last ones */
    static <T> Page<T> of(List<T> items, int limit, ToLongFunction<T> id) {
        return new Page<>(items, items.size() < limit ? null : id.applyAsLong(items.getLast()));
    }
}
