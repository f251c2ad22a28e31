package io.patchbay.event;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What a change changed, by the names of the API.
 *
 * @param before empty when it was created; a null is not set
 * @param after empty when it was removed
 */
public record Difference(Map<String, Object> before, Map<String, Object> after) {
    /** Of two readings of the same thing, only what is not the same in both. */
    public static Difference between(Map<String, ?> before, Map<String, ?> after) {
        Map<String, Object> was = new LinkedHashMap<>();
        Map<String, Object> is = new LinkedHashMap<>();
        Map<String, Object> names = new LinkedHashMap<>(before);
        names.putAll(after);
        names.keySet().forEach(name -> {
            if (!Objects.equals(before.get(name), after.get(name))) {
                was.put(name, before.get(name));
                is.put(name, after.get(name));
            }
        });
        return new Difference(was, is);
    }

    /** @param before null when it was not set; likewise {@code after} */
    public static Difference of(String name, Object before, Object after) {
        Map<String, Object> was = new LinkedHashMap<>();
        Map<String, Object> is = new LinkedHashMap<>();
        was.put(name, before);
        is.put(name, after);
        return new Difference(was, is);
    }

    public boolean isEmpty() {
        return before.isEmpty() && after.isEmpty();
    }
}
