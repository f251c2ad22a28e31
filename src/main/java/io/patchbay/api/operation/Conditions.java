package io.patchbay.api.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The conditions of a query, as its filters ask for them. The SQL is ours; only values come from the caller. */
final class Conditions {
    private final StringBuilder sql = new StringBuilder("true");
    private final List<Object> values = new ArrayList<>();

    /** @param condition SQL with one {@code ?}; it is left out when there is no value */
    Conditions and(String condition, Optional<?> value) {
        value.ifPresent(present -> {
            sql.append(" and ").append(condition);
            values.add(present);
        });
        return this;
    }

    String sql() {
        return sql.toString();
    }

    Object[] valuesAnd(Object last) {
        List<Object> all = new ArrayList<>(values);
        all.add(last);
        return all.toArray();
    }
}
