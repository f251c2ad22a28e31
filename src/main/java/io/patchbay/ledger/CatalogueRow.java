package io.patchbay.ledger;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A tenant, plan, access node: something with a handful of settings, as it is read.
 *
 * @param values by the names of the API, in its order; a null is not set
 */
public record CatalogueRow(long id, Map<String, Object> values) {
    /** What is set, the id first. */
    public Map<String, Object> shown() {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("id", id);
        values.forEach((name, value) -> {
            if (value != null) {
                shown.put(name, value);
            }
        });
        return shown;
    }

    /** What the audit tells when it is made or removed. */
    public Map<String, Object> told() {
        Map<String, Object> told = shown();
        told.remove("id");
        return told;
    }

    public String text(String name) {
        return (String) values.get(name);
    }
}
